package io.kubespring.apiserver.flowcontrol;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The condition of a FlowSchema that says whether the level it refers to is missing. */
public record DanglingCondition(String status, String reason, String message) {

    public static final String TYPE = "Dangling";

    /** As stored; empty where there is none. */
    static DanglingCondition read(ObjectNode schema) {
        for (JsonNode each : schema.path("status").path("conditions")) {
            if (each.path("type").asString("").equals(TYPE)) {
                return new DanglingCondition(
                        each.path("status").asString(""),
                        each.path("reason").asString(""),
                        each.path("message").asString(""));
            }
        }
        return new DanglingCondition("", "", "");
    }

    /** As it should be. */
    static DanglingCondition of(String levelName, boolean levelExists) {
        String subject =
                "This FlowSchema references the PriorityLevelConfiguration object named \"" + levelName + "\" ";
        return levelExists
                ? new DanglingCondition("False", "Found", subject + "and it exists")
                : new DanglingCondition("True", "NotFound", subject + "but there is no such object");
    }
}
