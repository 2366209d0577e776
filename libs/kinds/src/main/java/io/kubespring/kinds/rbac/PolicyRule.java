package io.kubespring.kinds.rbac;

import io.kubespring.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One rule of a Role or ClusterRole: verbs on resources, or verbs on paths.
 *
 * @param verbs "*" for every verb
 * @param apiGroups "" is the core group, "*" every group
 * @param resources "pods", "pods/log", "*" (everything), "&#42;/scale" (that subresource of everything)
 * @param resourceNames empty for every name
 * @param nonResourceUrls paths; "*" alone or at the end is a wildcard
 */
public record PolicyRule(
        List<String> verbs,
        List<String> apiGroups,
        List<String> resources,
        List<String> resourceNames,
        List<String> nonResourceUrls) {

    public static final String ALL = "*";

    public PolicyRule {
        verbs = List.copyOf(verbs);
        apiGroups = List.copyOf(apiGroups);
        resources = List.copyOf(resources);
        resourceNames = List.copyOf(resourceNames);
        nonResourceUrls = List.copyOf(nonResourceUrls);
    }

    /** A rule about resources of any name. */
    public static PolicyRule resources(List<String> verbs, List<String> apiGroups, List<String> resources) {
        return new PolicyRule(verbs, apiGroups, resources, List.of(), List.of());
    }

    public static PolicyRule paths(List<String> verbs, List<String> paths) {
        return new PolicyRule(verbs, List.of(), List.of(), List.of(), paths);
    }

    public static PolicyRule parse(JsonNode rule) {
        return new PolicyRule(
                JsonStrings.list(rule, "verbs"),
                JsonStrings.list(rule, "apiGroups"),
                JsonStrings.list(rule, "resources"),
                JsonStrings.list(rule, "resourceNames"),
                JsonStrings.list(rule, "nonResourceURLs"));
    }

    /** The {@code rules} of a Role or ClusterRole; empty when it has none. */
    public static List<PolicyRule> parseAll(JsonNode role) {
        var rules = new ArrayList<PolicyRule>();
        for (JsonNode rule : role.path("rules")) {
            rules.add(parse(rule));
        }
        return List.copyOf(rules);
    }

    /** Whether this rule allows {@code verb} on a resource. */
    public boolean allowsResource(String verb, String apiGroup, String resource, String subresource, String name) {
        return containsOrAll(verbs, verb)
                && containsOrAll(apiGroups, apiGroup)
                && matchesResource(resource, subresource)
                && (resourceNames.isEmpty() || resourceNames.contains(name));
    }

    /** Whether this rule allows {@code verb} on a path that is no resource. */
    public boolean allowsPath(String verb, String path) {
        if (!containsOrAll(verbs, verb)) {
            return false;
        }
        for (String url : nonResourceUrls) {
            if (url.equals(ALL) || url.equals(path) || url.endsWith(ALL) && path.startsWith(stripStars(url))) {
                return true;
            }
        }
        return false;
    }

    private static String stripStars(String url) {
        int end = url.length();
        while (end > 0 && url.charAt(end - 1) == '*') {
            end--;
        }
        return url.substring(0, end);
    }

    private boolean matchesResource(String resource, String subresource) {
        for (String each : resources) {
            if (each.equals(ALL)) {
                return true;
            }
            int slash = each.indexOf('/');
            if (subresource.isEmpty()
                    ? each.equals(resource)
                    : slash > 0 && matchesSub(each, slash, resource, subresource)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesSub(String pattern, int slash, String resource, String subresource) {
        boolean anyResource = slash == 1 && pattern.charAt(0) == '*';
        return (anyResource || pattern.regionMatches(0, resource, 0, Math.max(slash, resource.length())))
                && pattern.length() == slash + 1 + subresource.length()
                && pattern.endsWith(subresource);
    }

    private static boolean containsOrAll(List<String> values, String wanted) {
        for (String each : values) {
            if (each.equals(wanted) || each.equals(ALL)) {
                return true;
            }
        }
        return false;
    }

    /** As the API shows it: empty lists are left out. */
    public ObjectNode toTree() {
        ObjectNode rule = Json.object();
        put(rule, "verbs", verbs);
        put(rule, "apiGroups", apiGroups);
        put(rule, "resources", resources);
        put(rule, "resourceNames", resourceNames);
        put(rule, "nonResourceURLs", nonResourceUrls);
        return rule;
    }

    private static void put(ObjectNode rule, String field, List<String> values) {
        if (!values.isEmpty()) {
            var array = rule.putArray(field);
            values.forEach(array::add);
        }
    }

    /** As upstream words it in refusals: {@code {APIGroups:[""], Resources:["pods"], Verbs:["get"]}}. */
    @Override
    public String toString() {
        var parts = new ArrayList<String>();
        describe(parts, "APIGroups", apiGroups);
        describe(parts, "Resources", resources);
        describe(parts, "NonResourceURLs", nonResourceUrls);
        describe(parts, "ResourceNames", resourceNames);
        describe(parts, "Verbs", verbs);
        return parts.stream().collect(Collectors.joining(", ", "{", "}"));
    }

    private static void describe(List<String> parts, String label, List<String> values) {
        if (!values.isEmpty()) {
            parts.add(
                    values.stream().map(each -> '"' + each + '"').collect(Collectors.joining(" ", label + ":[", "]")));
        }
    }
}
