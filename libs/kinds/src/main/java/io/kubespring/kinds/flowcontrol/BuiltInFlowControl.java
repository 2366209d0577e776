package io.kubespring.kinds.flowcontrol;

import static io.kubespring.kinds.flowcontrol.FlowSchemaTrees.groups;
import static io.kubespring.kinds.flowcontrol.FlowSchemaTrees.users;

import io.kubespring.api.json.Json;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The priority levels and flow schemas of Kubernetes 1.36. Without the mandatory ones nothing could be served, so their
 * specs are fixed; the suggested ones are kept up to date unless an administrator takes them over.
 */
public final class BuiltInFlowControl {

    public static final String EXEMPT = "exempt";
    public static final String CATCH_ALL = "catch-all";
    public static final String API_VERSION = "flowcontrol.apiserver.k8s.io/v1";

    /** "true" on an object whose spec the server maintains; an administrator sets "false". */
    public static final String AUTO_UPDATE = "apf.kubernetes.io/autoupdate-spec";

    private static final String BY_USER = "ByUser";
    private static final String BY_NAMESPACE = "ByNamespace";
    private static final String AUTHENTICATED = "system:authenticated";
    private static final String UNAUTHENTICATED = "system:unauthenticated";
    private static final String NODES = "system:nodes";
    private static final String CONTROLLER_MANAGER = "system:kube-controller-manager";
    private static final String SCHEDULER = "system:kube-scheduler";

    private static final List<ObjectNode> MANDATORY_LEVELS = List.of(catchAllLevel(), exemptLevel());

    private static final List<ObjectNode> SUGGESTED_LEVELS = List.of(
            queued("system", 30, 33, 64, 6),
            queued("node-high", 40, 25, 64, 6),
            queued("leader-election", 10, 0, 16, 4),
            queued("workload-high", 40, 50, 128, 6),
            queued("workload-low", 100, 90, 128, 6),
            queued("global-default", 20, 50, 128, 6));

    private static final List<ObjectNode> MANDATORY_SCHEMAS = List.of(
            FlowSchemaTrees.forEverything(EXEMPT, EXEMPT, 1, null, groups("system:masters")),
            FlowSchemaTrees.forEverything(
                    CATCH_ALL, CATCH_ALL, 10_000, BY_USER, groups(UNAUTHENTICATED, AUTHENTICATED)));

    private static final List<ObjectNode> SUGGESTED_SCHEMAS = List.of(
            FlowSchemaTrees.forEverything("system-nodes", "system", 500, BY_USER, groups(NODES)),
            FlowSchemaTrees.nodeHigh("system-node-high", "node-high", 400, BY_USER, groups(NODES)),
            FlowSchemaTrees.probes("probes", EXEMPT, 2, groups(UNAUTHENTICATED, AUTHENTICATED)),
            FlowSchemaTrees.leaderElection(
                    "system-leader-election",
                    "leader-election",
                    100,
                    BY_USER,
                    both(users(CONTROLLER_MANAGER, SCHEDULER), FlowSchemaTrees.kubeSystemAccounts())),
            FlowSchemaTrees.forEverything(
                    "kube-controller-manager", "workload-high", 800, BY_NAMESPACE, users(CONTROLLER_MANAGER)),
            FlowSchemaTrees.forEverything("kube-scheduler", "workload-high", 800, BY_NAMESPACE, users(SCHEDULER)),
            FlowSchemaTrees.forEverything(
                    "kube-system-service-accounts",
                    "workload-high",
                    900,
                    BY_NAMESPACE,
                    FlowSchemaTrees.kubeSystemAccounts()),
            FlowSchemaTrees.forEverything(
                    "service-accounts", "workload-low", 9_000, BY_USER, groups("system:serviceaccounts")),
            FlowSchemaTrees.forEverything(
                    "global-default", "global-default", 9_900, BY_USER, groups(UNAUTHENTICATED, AUTHENTICATED)));

    private static final Map<String, ObjectNode> MANDATORY_LEVEL_BY_NAME = byName(MANDATORY_LEVELS);
    private static final Map<String, ObjectNode> MANDATORY_SCHEMA_BY_NAME = byName(MANDATORY_SCHEMAS);

    private BuiltInFlowControl() {}

    /** Copies, the caller's to change. */
    public static List<ObjectNode> mandatoryLevels() {
        return copies(MANDATORY_LEVELS);
    }

    /** Copies, the caller's to change. */
    public static List<ObjectNode> suggestedLevels() {
        return copies(SUGGESTED_LEVELS);
    }

    /** Copies, the caller's to change. */
    public static List<ObjectNode> mandatorySchemas() {
        return copies(MANDATORY_SCHEMAS);
    }

    /** Copies, the caller's to change. */
    public static List<ObjectNode> suggestedSchemas() {
        return copies(SUGGESTED_SCHEMAS);
    }

    /** Read-only; null unless the name is that of a mandatory level. */
    public static @Nullable ObjectNode mandatoryLevel(String name) {
        return MANDATORY_LEVEL_BY_NAME.get(name);
    }

    /** Read-only; null unless the name is that of a mandatory schema. */
    public static @Nullable ObjectNode mandatorySchema(String name) {
        return MANDATORY_SCHEMA_BY_NAME.get(name);
    }

    private static List<ObjectNode> copies(List<ObjectNode> trees) {
        return trees.stream().map(ObjectNode::deepCopy).toList();
    }

    private static Map<String, ObjectNode> byName(List<ObjectNode> trees) {
        return trees.stream()
                .collect(Collectors.toMap(
                        tree -> tree.path("metadata").path("name").stringValue(), Function.identity()));
    }

    private static List<ObjectNode> both(List<ObjectNode> first, List<ObjectNode> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static ObjectNode exemptLevel() {
        ObjectNode level = FlowSchemaTrees.named("PriorityLevelConfiguration", EXEMPT);
        level.putObject("spec")
                .put("type", "Exempt")
                .putObject("exempt")
                .put("nominalConcurrencyShares", 0)
                .put("lendablePercent", 0);
        return level;
    }

    private static ObjectNode catchAllLevel() {
        ObjectNode level = FlowSchemaTrees.named("PriorityLevelConfiguration", CATCH_ALL);
        limited(level, 5, 0).putObject("limitResponse").put("type", "Reject");
        return level;
    }

    private static ObjectNode queued(String name, int shares, int lendable, int queues, int handSize) {
        ObjectNode level = FlowSchemaTrees.named("PriorityLevelConfiguration", name);
        ObjectNode response = limited(level, shares, lendable).putObject("limitResponse");
        ObjectNode queuing = Json.object().put("queues", queues).put("handSize", handSize);
        response.put("type", "Queue").set("queuing", queuing.put("queueLengthLimit", 50));
        return level;
    }

    private static ObjectNode limited(ObjectNode level, int shares, int lendable) {
        return level.putObject("spec")
                .put("type", "Limited")
                .putObject("limited")
                .put("nominalConcurrencyShares", shares)
                .put("lendablePercent", lendable);
    }
}
