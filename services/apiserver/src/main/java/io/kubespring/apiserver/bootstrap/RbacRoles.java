package io.kubespring.apiserver.bootstrap;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.apiserver.authorization.rbac.RbacResources;
import io.kubespring.client.ApiResource;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates the built-in roles and bindings, and adds to stored ones what they lack. Looks with one list a resource and
 * writes several at a time, so that a restart costs next to nothing and a first start one or two commits.
 */
final class RbacRoles implements BootstrapStep {

    private static final int AT_A_TIME = 32;

    private final List<BootstrapRole> roles;

    RbacRoles(List<BootstrapRole> roles) {
        this.roles = roles;
    }

    @Override
    public String name() {
        return "rbac/bootstrap-roles";
    }

    @Override
    public void run(KubeClient client) {
        List<BootstrapRole> bound = roles.stream().filter(BootstrapRole::bound).toList();
        for (boolean cluster : new boolean[] {true, false}) {
            reconcile(
                    client,
                    resource(cluster ? "ClusterRole" : "Role", !cluster),
                    roles.stream()
                            .filter(role -> role.clusterRole() == cluster)
                            .map(role -> RbacTrees.role(role, roles))
                            .toList(),
                    this::changedRole);
            reconcile(
                    client,
                    resource(cluster ? "ClusterRoleBinding" : "RoleBinding", !cluster),
                    bound.stream()
                            .filter(role -> role.clusterRole() == cluster)
                            .map(RbacTrees::binding)
                            .toList(),
                    this::changedBinding);
        }
    }

    private static ApiResource resource(String kind, boolean namespaced) {
        return Ensure.of(RbacResources.GROUP, kind, kind.toLowerCase(Locale.ROOT) + "s", namespaced);
    }

    /** What must be written where an object is stored already. */
    private interface Difference {
        @Nullable
        Mono<?> write(KubeClient client, ApiResource resource, ObjectNode stored, ObjectNode wanted);
    }

    private static void reconcile(
            KubeClient client, ApiResource resource, List<ObjectNode> wanted, Difference difference) {
        Map<String, ObjectNode> stored = new HashMap<>();
        Await.value(client.trees(resource).list()).items().forEach(each -> stored.put(key(each), each));
        Await.done(Flux.fromIterable(wanted)
                .flatMap(
                        each -> {
                            ObjectNode known = stored.get(key(each));
                            Mono<?> write = known == null
                                    ? create(client, resource, each)
                                    : difference.write(client, resource, known, each);
                            return write == null ? Mono.empty() : write;
                        },
                        AT_A_TIME)
                .then());
    }

    private static Mono<ObjectNode> create(KubeClient client, ApiResource resource, ObjectNode wanted) {
        return Ensure.in(client, resource, namespace(wanted))
                .create(wanted)
                .onErrorComplete(failure ->
                        failure instanceof StatusException status && status.reason() == StatusReason.ALREADY_EXISTS);
    }

    private @Nullable Mono<?> changedRole(
            KubeClient client, ApiResource resource, ObjectNode stored, ObjectNode wanted) {
        ObjectNode next = RbacReconciliation.role(stored, wanted);
        return next == null
                ? null
                : Ensure.in(client, resource, namespace(wanted)).update(next);
    }

    private @Nullable Mono<?> changedBinding(
            KubeClient client, ApiResource resource, ObjectNode stored, ObjectNode wanted) {
        var bindings = Ensure.in(client, resource, namespace(wanted));
        if (RbacReconciliation.bindsAnotherRole(stored, wanted)) {
            return bindings.delete(name(wanted)).then(bindings.create(wanted));
        }
        ObjectNode next = RbacReconciliation.binding(stored, wanted);
        return next == null ? null : bindings.update(next);
    }

    private static String key(JsonNode object) {
        return namespace(object) + "/" + name(object);
    }

    private static String namespace(JsonNode object) {
        return object.path("metadata").path("namespace").asString("");
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asString("");
    }
}
