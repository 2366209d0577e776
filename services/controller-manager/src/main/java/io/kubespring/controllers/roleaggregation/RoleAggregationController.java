package io.kubespring.controllers.roleaggregation;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.kubespring.api.json.Json;
import io.kubespring.api.selector.LabelSelector;
import io.kubespring.client.Await;
import io.kubespring.client.Resources;
import io.kubespring.client.controller.Controller;
import io.kubespring.client.controller.Result;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.client.informer.Lister;
import io.kubespring.controllers.runtime.ControllerContext;
import io.kubespring.kinds.rbac.PolicyRule;
import io.kubespring.kinds.rbac.RoleAggregation;
import io.kubespring.kinds.rbac.RoleAggregation.Candidate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * "Aggregated ClusterRoles": writes the rules of every ClusterRole with an aggregation rule. Any change of any ClusterRole
 * may concern any of them, so all are looked at again; there are few.
 */
public final class RoleAggregationController {

    private static final String NAME = "clusterrole-aggregation-controller";
    private static final int WORKERS = 1;

    private final Lister<ClusterRole> roles;
    private final Resources<ClusterRole> client;

    private RoleAggregationController(Lister<ClusterRole> roles, Resources<ClusterRole> client) {
        this.roles = roles;
        this.client = client;
    }

    public static void register(ControllerContext context) {
        Informer<ClusterRole> informer = context.informers().informer(ClusterRole.class);
        var aggregation = new RoleAggregationController(
                informer.lister(), context.client(NAME).resources(ClusterRole.class));
        Controller<String> controller = context.controller("ClusterRoleAggregator", WORKERS, aggregation::reconcile);
        informer.addHandler(new EventHandler<>() {
            @Override
            public void onAdd(ClusterRole role, boolean initial) {
                enqueueAggregated();
            }

            @Override
            public void onUpdate(ClusterRole before, ClusterRole after) {
                if (!Objects.equals(before.getRules(), after.getRules())
                        || !Objects.equals(before.getAggregationRule(), after.getAggregationRule())
                        || !labels(before).equals(labels(after))) {
                    enqueueAggregated();
                }
            }

            @Override
            public void onDelete(ClusterRole last) {
                enqueueAggregated();
            }

            private void enqueueAggregated() {
                for (ClusterRole role : informer.lister().list()) {
                    if (role.getAggregationRule() != null) {
                        controller.queue().add(role.getMetadata().getName());
                    }
                }
            }
        });
    }

    private Result reconcile(String name) {
        ClusterRole role = roles.get("", name);
        if (role == null || role.getAggregationRule() == null) {
            return Result.DONE;
        }
        List<PolicyRule> wanted = RoleAggregation.combine(
                name,
                selectors(role),
                roles.list().stream()
                        .map(each -> new Candidate(each.getMetadata().getName(), labels(each), rules(each)))
                        .toList());
        if (!wanted.equals(rules(role))) {
            var next = new ClusterRoleBuilder(role)
                    .withRules(wanted.stream()
                            .map(rule ->
                                    Json.convert(rule.toTree(), io.fabric8.kubernetes.api.model.rbac.PolicyRule.class))
                            .toList())
                    .build();
            Await.done(client.update(next));
        }
        return Result.DONE;
    }

    private static List<Predicate<Map<String, String>>> selectors(ClusterRole role) {
        return role.getAggregationRule().getClusterRoleSelectors().stream()
                .map(selector -> LabelSelector.of(Json.convert(selector, ObjectNode.class)))
                .<Predicate<Map<String, String>>>map(selector -> selector::matches)
                .toList();
    }

    private static List<PolicyRule> rules(ClusterRole role) {
        ObjectNode tree = Json.object();
        tree.set("rules", Json.mapper().valueToTree(role.getRules()));
        return PolicyRule.parseAll(tree);
    }

    private static Map<String, String> labels(ClusterRole role) {
        @Nullable Map<String, String> labels = role.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
