package io.kubespring.apiserver.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;

/** Compares what was sent, what came back and what was expected to be added. */
final class Trees {

    private Trees() {}

    /** Everything in {@code expected} is in {@code found}, and none of it was in {@code sent}. */
    static void assertHolds(JsonNode found, JsonNode expected, JsonNode sent, String path) {
        if (expected.isObject() && !expected.isEmpty()) {
            expected.properties()
                    .forEach(each -> assertHolds(
                            found.path(each.getKey()),
                            each.getValue(),
                            sent.path(each.getKey()),
                            path + "." + each.getKey()));
        } else if (expected.isArray() && sent.isArray()) {
            for (int i = 0; i < expected.size(); i++) {
                assertHolds(found.path(i), expected.get(i), sent.path(i), path + "[" + i + "]");
            }
        } else {
            assertThat(sent.isMissingNode() || sent.isNull())
                    .as("%s is in the sample already", path)
                    .isTrue();
            assertThat(found).as(path).isEqualTo(expected);
        }
    }

    /** How many values a tree has: what a checklist counts. */
    static int leaves(JsonNode tree) {
        if (!tree.isContainer() || tree.isEmpty()) {
            return 1;
        }
        int leaves = 0;
        for (JsonNode each : tree) {
            leaves += leaves(each);
        }
        return leaves;
    }
}
