package io.kubespring.apiserver.flowcontrol;

import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.request.RequestInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A FlowSchema, read: which requests are its, and what tells its flows apart.
 *
 * @param uid empty for one that is imagined because nobody made it yet
 * @param condition status, reason and message of its Dangling condition, as stored
 */
record FlowSchema(
        String name,
        String uid,
        int precedence,
        String levelName,
        Distinguisher distinguisher,
        List<FlowRule> rules,
        DanglingCondition condition) {

    /** The order in which they are tried. */
    static final Comparator<FlowSchema> ORDER =
            Comparator.comparingInt(FlowSchema::precedence).thenComparing(FlowSchema::name);

    enum Distinguisher {
        NONE,
        BY_USER,
        BY_NAMESPACE
    }

    static FlowSchema read(ObjectNode tree) {
        JsonNode spec = tree.path("spec");
        List<FlowRule> rules = new ArrayList<>();
        spec.path("rules").forEach(rule -> rules.add(FlowRule.read(rule)));
        return new FlowSchema(
                tree.path("metadata").path("name").asString(""),
                tree.path("metadata").path("uid").asString(""),
                spec.path("matchingPrecedence").asInt(1000),
                spec.path("priorityLevelConfiguration").path("name").asString(""),
                switch (spec.path("distinguisherMethod").path("type").asString("")) {
                    case "ByUser" -> Distinguisher.BY_USER;
                    case "ByNamespace" -> Distinguisher.BY_NAMESPACE;
                    default -> Distinguisher.NONE;
                },
                List.copyOf(rules),
                DanglingCondition.read(tree));
    }

    boolean matches(RequestInfo info, UserInfo user) {
        for (FlowRule rule : rules) {
            if (rule.matches(info, user)) {
                return true;
            }
        }
        return false;
    }

    String flowOf(RequestInfo info, UserInfo user) {
        return switch (distinguisher) {
            case NONE -> "";
            case BY_USER -> user.name();
            case BY_NAMESPACE -> info.namespace();
        };
    }
}
