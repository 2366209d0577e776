package io.kubespring.api.catalog;

import io.kubespring.api.GroupVersionKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resources that are served. Immutable: a catalog with other resources is another catalog. */
public final class Catalog {

    private final List<ResourceType> all;
    private final Map<Name, ResourceType> byName = new HashMap<>();
    private final Map<GroupVersionKind, ResourceType> byKind = new HashMap<>();
    private final Map<String, List<String>> versions = new LinkedHashMap<>();

    private record Name(String group, String version, String plural) {}

    private Catalog(List<ResourceType> resources) {
        all = List.copyOf(resources);
        for (ResourceType each : all) {
            GroupVersionKind kind = each.kind();
            byName.put(new Name(kind.group(), kind.version(), each.plural()), each);
            byKind.put(kind, each);
        }
        all.stream()
                .map(each -> each.kind().group())
                .distinct()
                .sorted(GroupOrder.COMPARATOR)
                .forEach(group -> versions.put(group, sortedVersions(group)));
    }

    /** Every generally available resource of the version that we implement. */
    public static Catalog builtIn() {
        return BuiltIn.CATALOG;
    }

    public static Catalog of(List<ResourceType> resources) {
        return new Catalog(resources);
    }

    public List<ResourceType> all() {
        return all;
    }

    /** The resource of that plural name, or null. */
    public @Nullable ResourceType find(String group, String version, String plural) {
        return byName.get(new Name(group, version, plural));
    }

    /** The resource whose objects are of that kind, or null; of no help for kinds of subresources only. */
    public @Nullable ResourceType byKind(GroupVersionKind kind) {
        return byKind.get(kind);
    }

    /** The versions of a group, preferred first; empty for an unknown group. */
    public List<String> versions(String group) {
        return versions.getOrDefault(group, List.of());
    }

    /** The groups in discovery's order, the core group ("") first. */
    public List<String> groups() {
        return List.copyOf(versions.keySet());
    }

    /** The resources of one version of one group, by plural name. */
    public List<ResourceType> resources(String group, String version) {
        List<ResourceType> found = new ArrayList<>();
        for (ResourceType each : all) {
            if (each.kind().group().equals(group) && each.kind().version().equals(version)) {
                found.add(each);
            }
        }
        found.sort(Comparator.comparing(ResourceType::plural));
        return found;
    }

    private List<String> sortedVersions(String group) {
        return all.stream()
                .filter(each -> each.kind().group().equals(group))
                .map(each -> each.kind().version())
                .distinct()
                .sorted(VersionOrder.COMPARATOR)
                .toList();
    }

    /** Built on first use. */
    private static final class BuiltIn {
        private static final Catalog CATALOG = new Catalog(BuiltInResources.generallyAvailable());
    }
}
