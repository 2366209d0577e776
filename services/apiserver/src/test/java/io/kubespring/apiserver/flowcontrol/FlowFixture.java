package io.kubespring.apiserver.flowcontrol;

import io.kubespring.api.GroupResource;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.ManualTime;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.request.QueryParameters;
import io.kubespring.apiserver.request.RequestInfo;
import io.kubespring.apiserver.request.RequestInfoParser;
import io.kubespring.kinds.flowcontrol.BuiltInFlowControl;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A controller over objects that a test writes, at a time that a test moves. Manifests may use single quotes. */
final class FlowFixture implements ObjectSource {

    static final int WIDE_AT_ONCE = 2;
    static final String PODS = "/api/v1/namespaces/default/pods";

    final ManualTime time = new ManualTime(Instant.parse("2026-05-01T12:00:00Z"));
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final Map<String, Integer> counts = new HashMap<>();
    final FlowController controller;
    private final Map<String, Map<String, ObjectNode>> objects = new HashMap<>();
    private long revision = 1;

    private record Written(String name, long revision, ObjectNode tree) implements Item {
        @Override
        public String namespace() {
            return "";
        }
    }

    FlowFixture(int seats) {
        controller = new FlowController(
                this,
                (group, resource, namespace) -> counts.getOrDefault(resource, 0),
                new FlowController.Capacity(seats, WIDE_AT_ONCE),
                time,
                metrics);
    }

    /** With everything that a cluster starts with. */
    FlowFixture withBuiltIns() {
        BuiltInFlowControl.mandatoryLevels().forEach(this::put);
        BuiltInFlowControl.suggestedLevels().forEach(this::put);
        BuiltInFlowControl.mandatorySchemas().forEach(this::put);
        BuiltInFlowControl.suggestedSchemas().forEach(this::put);
        return this;
    }

    void put(String manifest) {
        put((ObjectNode) Json.read(manifest.replace('\'', '"')));
    }

    void put(ObjectNode tree) {
        String name = tree.path("metadata").path("name").stringValue();
        ((ObjectNode) tree.path("metadata")).put("uid", "uid-of-" + name);
        of(tree.path("kind").stringValue()).put(name, tree);
        revision++;
    }

    void remove(String kind, String name) {
        of(kind).remove(name);
        revision++;
    }

    private Map<String, ObjectNode> of(String kind) {
        return objects.computeIfAbsent(kind, each -> new TreeMap<>());
    }

    /** A level of its own for one user, and nobody else in it. */
    void levelFor(String user, int shares, String response) {
        levelFor(user, shares, 0, response);
    }

    void levelFor(String user, int shares, int lendable, String response) {
        put(
                "{'kind':'PriorityLevelConfiguration','metadata':{'name':'%1$s'},'spec':{'type':'Limited','limited':{'nominalConcurrencyShares':%2$d,'lendablePercent':%3$d,'limitResponse':%4$s}}}"
                        .formatted(user, shares, lendable, response));
        schema(user, 500, user, "{'kind':'User','user':{'name':'%s'}}".formatted(user));
    }

    void schema(String name, int precedence, String level, String subject) {
        put(
                "{'kind':'FlowSchema','metadata':{'name':'%s'},'spec':{'matchingPrecedence':%d,'priorityLevelConfiguration':{'name':'%s'},'distinguisherMethod':{'type':'ByUser'},'rules':[{'subjects':[%s],'resourceRules':[{'verbs':['*'],'apiGroups':['*'],'resources':['*'],'namespaces':['*'],'clusterScope':true}],'nonResourceRules':[{'verbs':['*'],'nonResourceURLs':['*']}]}]}}"
                        .formatted(name, precedence, level, subject));
    }

    static String queues(int queues, int hand, int length) {
        return "{'type':'Queue','queuing':{'queues':%d,'handSize':%d,'queueLengthLimit':%d}}"
                .formatted(queues, hand, length);
    }

    static final String REJECT = "{'type':'Reject'}";

    Ticket arrive(String user, String method, String uri) {
        return arrive(UserInfo.of(user, UserInfo.AUTHENTICATED_GROUP), method, uri);
    }

    Ticket arrive(UserInfo user, String method, String uri) {
        int question = uri.indexOf('?');
        QueryParameters query = QueryParameters.parse(question < 0 ? null : uri.substring(question + 1));
        return controller.arrive(info(method, uri), query, user);
    }

    static RequestInfo info(String method, String uri) {
        int question = uri.indexOf('?');
        return RequestInfoParser.parse(
                method,
                question < 0 ? uri : uri.substring(0, question),
                QueryParameters.parse(question < 0 ? null : uri.substring(question + 1)));
    }

    /** A GET of one Pod. */
    Ticket get(String user) {
        return arrive(user, "GET", PODS + "/a");
    }

    static String schemaOf(Ticket ticket) {
        return ticket.schemaUid().replace("uid-of-", "");
    }

    double gauge(String name, String level) {
        return metrics.get(name).tag("priority_level", level).gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    @Override
    public Object changeToken(GroupResource resource) {
        return revision;
    }

    @Override
    public Collection<? extends Item> list(GroupResource resource, @Nullable String namespace) {
        String kind = resource.resource().equals("flowschemas") ? "FlowSchema" : "PriorityLevelConfiguration";
        return of(kind).entrySet().stream()
                .map(each -> new Written(each.getKey(), revision, each.getValue()))
                .toList();
    }

    @Override
    public @Nullable Item get(GroupResource resource, String namespace, String name) {
        return null;
    }
}
