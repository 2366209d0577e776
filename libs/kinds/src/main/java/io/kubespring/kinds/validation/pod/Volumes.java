package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.tree.Field;
import java.util.HashMap;
import java.util.Map;

/** The volumes of a Pod that are valid, by name: those that containers can mount. */
final class Volumes {

    private final Map<String, Field> byName = new HashMap<>();

    void add(Field volume) {
        byName.put(volume.at("name").text(), volume);
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    /** Whether the volume of that name has that kind of source. */
    boolean isA(String name, String kind) {
        Field volume = byName.get(name);
        return volume != null && volume.at(kind).present();
    }
}
