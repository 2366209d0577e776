package io.kubespring.kinds.warnings;

import io.kubespring.kinds.tree.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Files of one volume of which one is, or lies in, another: the kubelet writes only one of them. */
final class OverlapWarnings {

    private OverlapWarnings() {}

    static void add(Field volume, List<String> warnings) {
        String name = "volume \"" + volume.at("name").text() + "\" (";
        Field configMap = volume.at("configMap");
        check(paths(configMap), name + "ConfigMap \"" + configMap.at("name").text() + "\")", warnings);
        Field secret = volume.at("secret");
        check(paths(secret), name + "Secret \"" + secret.at("secretName").text() + "\")", warnings);
        check(paths(volume.at("downwardAPI")), name + "DownwardAPI)", warnings);
        Set<String> before = new TreeSet<>();
        for (Field source : volume.at("projected", "sources").items()) {
            projected(source, name, before, warnings);
        }
    }

    private static void projected(Field source, String name, Set<String> before, List<String> warnings) {
        Field configMap = source.at("configMap");
        Field secret = source.at("secret");
        Field token = source.at("serviceAccountToken");
        Field bundle = source.at("clusterTrustBundle");
        List<String> paths;
        String what;
        if (configMap.at("items").present()) {
            paths = paths(configMap);
            what = "ConfigMap \"" + configMap.at("name").text() + "\"";
        } else if (secret.at("items").present()) {
            paths = paths(secret);
            what = "Secret \"" + secret.at("name").text() + "\"";
        } else if (source.at("downwardAPI", "items").present()) {
            paths = paths(source.at("downwardAPI"));
            what = "DownwardAPI";
        } else if (token.present()) {
            paths = List.of(token.at("path").text());
            what = "ServiceAccountToken";
        } else if (bundle.present()) {
            paths = List.of(bundle.at("path").text());
            Field called = bundle.at("name").present() ? bundle.at("name") : bundle.at("signerName");
            what = "ClusterTrustBundle \"" + called.text() + "\"";
        } else {
            return;
        }
        String where = name + "Projected " + what + ")";
        check(paths, where, warnings);
        Set<String> together = new TreeSet<>(paths);
        together.addAll(before);
        List<String> ordered = new ArrayList<>(together);
        before.stream().filter(paths::contains).forEach(ordered::add);
        ordered.sort(null);
        check(ordered, where, warnings);
        before.addAll(paths);
    }

    private static List<String> paths(Field source) {
        return source.at("items").items().stream()
                .map(each -> each.at("path").text())
                .toList();
    }

    private static void check(List<String> paths, String where, List<String> warnings) {
        Set<String> seen = new TreeSet<>();
        for (String each : paths) {
            String path = each.replaceAll("/+$", "");
            for (String other : seen) {
                if (overlap(path, other)) {
                    warnings.add(where + ": overlapping paths: \"" + path + "\" with \"" + other + "\"");
                    break;
                }
            }
            seen.add(path);
        }
    }

    private static boolean overlap(String one, String other) {
        return !one.isEmpty() && !other.isEmpty() && ((one + "/").startsWith(other) || (other + "/").startsWith(one));
    }
}
