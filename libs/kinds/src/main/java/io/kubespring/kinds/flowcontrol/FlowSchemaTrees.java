package io.kubespring.kinds.flowcontrol;

import io.kubespring.api.json.Json;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The shapes that {@link BuiltInFlowControl}'s schemas come in. */
final class FlowSchemaTrees {

    private FlowSchemaTrees() {}

    static ObjectNode named(String kind, String name) {
        ObjectNode tree =
                Json.object().put("apiVersion", BuiltInFlowControl.API_VERSION).put("kind", kind);
        tree.putObject("metadata")
                .put("name", name)
                .putObject("annotations")
                .put(BuiltInFlowControl.AUTO_UPDATE, "true");
        return tree;
    }

    static ObjectNode forEverything(
            String name, String level, int precedence, @Nullable String distinguisher, List<ObjectNode> subjects) {
        ObjectNode tree = schema(name, level, precedence, distinguisher);
        ObjectNode rule = rule(tree, subjects);
        resources(rule.putArray("resourceRules"), List.of("*"), "*", List.of("*"), true);
        paths(rule, "*", List.of("*"));
        return tree;
    }

    /** What tells that a node is alive. */
    static ObjectNode nodeHigh(
            String name, String level, int precedence, String distinguisher, List<ObjectNode> subjects) {
        ObjectNode tree = schema(name, level, precedence, distinguisher);
        ArrayNode rules = rule(tree, subjects).putArray("resourceRules");
        resources(rules, List.of("*"), "", List.of("nodes", "nodes/status"), true);
        resources(rules, List.of("*"), "coordination.k8s.io", List.of("leases"), false);
        return tree;
    }

    static ObjectNode leaderElection(
            String name, String level, int precedence, String distinguisher, List<ObjectNode> subjects) {
        ObjectNode tree = schema(name, level, precedence, distinguisher);
        ArrayNode rules = rule(tree, subjects).putArray("resourceRules");
        resources(rules, List.of("get", "create", "update"), "coordination.k8s.io", List.of("leases"), false);
        return tree;
    }

    static ObjectNode probes(String name, String level, int precedence, List<ObjectNode> subjects) {
        ObjectNode tree = schema(name, level, precedence, null);
        paths(rule(tree, subjects), "get", List.of("/healthz", "/readyz", "/livez"));
        return tree;
    }

    static List<ObjectNode> groups(String... names) {
        return Stream.of(names).map(name -> subject("Group", "group", name)).toList();
    }

    static List<ObjectNode> users(String... names) {
        return Stream.of(names).map(name -> subject("User", "user", name)).toList();
    }

    static List<ObjectNode> kubeSystemAccounts() {
        ObjectNode subject = subject("ServiceAccount", "serviceAccount", "*");
        subject.withObjectProperty("serviceAccount").put("namespace", "kube-system");
        return List.of(subject);
    }

    private static ObjectNode subject(String kind, String field, String name) {
        ObjectNode subject = Json.object().put("kind", kind);
        subject.putObject(field).put("name", name);
        return subject;
    }

    private static ObjectNode schema(String name, String level, int precedence, @Nullable String distinguisher) {
        ObjectNode tree = named("FlowSchema", name);
        ObjectNode spec = tree.putObject("spec");
        spec.putObject("priorityLevelConfiguration").put("name", level);
        spec.put("matchingPrecedence", precedence);
        if (distinguisher != null) {
            spec.putObject("distinguisherMethod").put("type", distinguisher);
        }
        return tree;
    }

    private static ObjectNode rule(ObjectNode tree, List<ObjectNode> subjects) {
        ObjectNode rule = tree.withObjectProperty("spec").putArray("rules").addObject();
        ArrayNode array = rule.putArray("subjects");
        subjects.forEach(subject -> array.add(subject.deepCopy()));
        return rule;
    }

    private static void resources(
            ArrayNode rules, List<String> verbs, String group, List<String> resources, boolean clusterScope) {
        ObjectNode rule = rules.addObject();
        texts(rule, "verbs", verbs);
        texts(rule, "apiGroups", List.of(group));
        texts(rule, "resources", resources);
        if (clusterScope) {
            rule.put("clusterScope", true);
        }
        texts(rule, "namespaces", List.of("*"));
    }

    private static void paths(ObjectNode rule, String verb, List<String> paths) {
        ObjectNode path = rule.putArray("nonResourceRules").addObject();
        texts(path, "verbs", List.of(verb));
        texts(path, "nonResourceURLs", paths);
    }

    private static void texts(ObjectNode target, String field, List<String> values) {
        ArrayNode array = target.putArray(field);
        values.forEach(array::add);
    }
}
