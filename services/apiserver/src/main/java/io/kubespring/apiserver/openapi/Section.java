package io.kubespring.apiserver.openapi;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.apiserver.openapi.DiscoveryPaths.Named;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one document of version 3 is about: a path that is no resource, and the resources of a group-version.
 *
 * @param version null where the path is all there is
 */
record Section(Named path, @Nullable GroupVersionKind version) {

    /** By their names in the index ("apis/apps/v1"). */
    static Map<String, Section> of(Catalog catalog, Served served) {
        Map<String, Section> all = new LinkedHashMap<>();
        add(all, new Section(DiscoveryPaths.api(), null));
        add(all, new Section(DiscoveryPaths.apis(), null));
        DiscoveryPaths.others().forEach(each -> add(all, new Section(each, null)));
        for (String group : catalog.groups()) {
            if (!group.isEmpty()) {
                add(all, new Section(DiscoveryPaths.group(group), null));
            }
            for (String version : catalog.versions(group)) {
                var groupVersion = new GroupVersionKind(group, version, "");
                add(all, new Section(DiscoveryPaths.version(groupVersion, served), groupVersion));
            }
        }
        return all;
    }

    private static void add(Map<String, Section> all, Section section) {
        String path = section.path().path();
        all.put(path.substring(1, path.length() - 1), section);
    }
}
