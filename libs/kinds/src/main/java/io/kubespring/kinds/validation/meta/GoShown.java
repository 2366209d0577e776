package io.kubespring.kinds.validation.meta;

import io.kubespring.api.json.Json;
import io.kubespring.kinds.tree.Field;
import tools.jackson.databind.node.ObjectNode;

/**
 * Structs as upstream shows them in its messages: its internal types have no JSON names, so each field has its Go name, in
 * the order of the struct, and none is left out.
 */
public final class GoShown {

    private GoShown() {}

    /** @param names pairs: as Go calls it, as it is called in the object */
    public static ObjectNode texts(Field struct, String... names) {
        ObjectNode shown = Json.object();
        for (int i = 0; i < names.length; i += 2) {
            shown.put(names[i], struct.at(names[i + 1]).text());
        }
        return shown;
    }
}
