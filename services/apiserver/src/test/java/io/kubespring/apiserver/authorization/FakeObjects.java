package io.kubespring.apiserver.authorization;

import io.kubespring.api.GroupResource;
import io.kubespring.api.json.Json;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Objects in memory, with a revision that grows with each change, and a count of how often one was parsed. */
public final class FakeObjects implements ObjectSource {

    private record FakeItem(String namespace, String name, long revision, ObjectNode object, int[] parses)
            implements Item {
        @Override
        public ObjectNode tree() {
            parses[0]++;
            return object;
        }
    }

    private final Map<GroupResource, TreeMap<String, FakeItem>> objects = new HashMap<>();
    private final Map<GroupResource, Long> changes = new HashMap<>();
    private final int[] parses = new int[1];
    private long revision;

    /** Adds or replaces an object given as JSON; single quotes stand for double ones. */
    public FakeObjects put(String group, String resource, String json) {
        return put(new GroupResource(group, resource), (ObjectNode) Json.read(json.replace('\'', '"')));
    }

    public FakeObjects put(GroupResource resource, ObjectNode object) {
        String namespace = object.path("metadata").path("namespace").asString("");
        String name = object.path("metadata").path("name").asString("");
        revision++;
        changes.put(resource, revision);
        objects.computeIfAbsent(resource, each -> new TreeMap<>())
                .put(namespace + "/" + name, new FakeItem(namespace, name, revision, object, parses));
        return this;
    }

    public void remove(String group, String resource, String namespace, String name) {
        var key = new GroupResource(group, resource);
        changes.put(key, ++revision);
        objects.getOrDefault(key, new TreeMap<>()).remove(namespace + "/" + name);
    }

    /** How often any object was parsed. */
    public int parses() {
        return parses[0];
    }

    @Override
    public Object changeToken(GroupResource resource) {
        return changes.getOrDefault(resource, 0L);
    }

    @Override
    public Collection<? extends Item> list(GroupResource resource, @Nullable String namespace) {
        return objects.getOrDefault(resource, new TreeMap<>()).values().stream()
                .filter(each -> namespace == null || each.namespace().equals(namespace))
                .toList();
    }

    @Override
    public @Nullable Item get(GroupResource resource, String namespace, String name) {
        return objects.getOrDefault(resource, new TreeMap<>()).get(namespace + "/" + name);
    }
}
