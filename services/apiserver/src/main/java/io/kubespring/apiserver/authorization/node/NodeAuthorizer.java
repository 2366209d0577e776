package io.kubespring.apiserver.authorization.node;

import io.kubespring.api.GroupResource;
import io.kubespring.apiserver.authorization.Attributes;
import io.kubespring.apiserver.authorization.Authorizer;
import io.kubespring.apiserver.authorization.Decision;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.kinds.rbac.PolicyRule;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * "Using Node Authorization": a kubelet reads only its own node and pods, and of secrets, config maps, claims, volumes and
 * service accounts only those that pods bound to it refer to. What cannot be told apart here (writes to nodes and pods) is
 * left to the NodeRestriction admission plugin. Has no opinion about anybody else.
 */
public final class NodeAuthorizer implements Authorizer {

    private static final Decision ALLOWED = Decision.allow("");
    private static final Set<String> READ = Set.of("get", "list", "watch");
    private static final Set<String> OWN = Set.of("get", "create", "update", "patch", "delete");
    private static final String LEASE_NAMESPACE = "kube-node-lease";

    private static final GroupResource CONFIG_MAPS = new GroupResource("", "configmaps");
    private static final GroupResource SECRETS = new GroupResource("", "secrets");
    private static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");
    private static final GroupResource VOLUMES = new GroupResource("", "persistentvolumes");
    private static final GroupResource ACCOUNTS = new GroupResource("", "serviceaccounts");
    private static final GroupResource NODES = new GroupResource("", "nodes");
    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final GroupResource LEASES = new GroupResource("coordination.k8s.io", "leases");
    private static final GroupResource CSI_NODES = new GroupResource("storage.k8s.io", "csinodes");
    private static final GroupResource ATTACHMENTS = new GroupResource("storage.k8s.io", "volumeattachments");
    private static final GroupResource RESOURCE_CLAIMS = new GroupResource("resource.k8s.io", "resourceclaims");
    private static final GroupResource RESOURCE_SLICES = new GroupResource("resource.k8s.io", "resourceslices");

    private final NodeRelations relations;
    private final List<PolicyRule> nodeRules;

    /** @param nodeRules of the ClusterRole {@code system:node}: what every node may do alike */
    public NodeAuthorizer(ObjectSource objects, List<PolicyRule> nodeRules) {
        this.relations = new NodeRelations(objects);
        this.nodeRules = List.copyOf(nodeRules);
    }

    @Override
    public Decision authorize(Attributes asked) {
        String node = NodeIdentity.of(asked.user());
        if (node == null) {
            return Decision.NO_OPINION;
        }
        if (node.isEmpty()) {
            return Decision.noOpinion("unknown node for user \"" + asked.user().name() + "\"");
        }
        return asked.resourceRequest() ? resource(node, asked) : byRules(asked);
    }

    private Decision resource(String node, Attributes asked) {
        var resource = new GroupResource(asked.apiGroup(), asked.resource());
        String namespace = asked.namespace();
        String name = asked.name();
        if (resource.equals(SECRETS)) {
            return read(node, asked, () -> relations.secretUsedOn(node, namespace, name));
        } else if (resource.equals(CONFIG_MAPS)) {
            return read(node, asked, () -> relations.configMapUsedOn(node, namespace, name));
        } else if (resource.equals(CLAIMS)) {
            return asked.subresource().equals("status")
                    ? claimStatus(node, asked)
                    : get(node, asked, () -> relations.claimUsedOn(node, namespace, name));
        } else if (resource.equals(VOLUMES)) {
            return get(node, asked, () -> relations.volumeUsedOn(node, name));
        } else if (resource.equals(RESOURCE_CLAIMS)) {
            return get(node, asked, () -> relations.resourceClaimUsedOn(node, namespace, name));
        } else if (resource.equals(ATTACHMENTS)) {
            return get(node, asked, () -> relations.attachmentIsOf(node, name));
        } else if (resource.equals(ACCOUNTS)) {
            return token(node, asked);
        } else if (resource.equals(LEASES)) {
            return lease(node, asked);
        } else if (resource.equals(CSI_NODES)) {
            return ownObject(node, asked, "CSINode");
        } else if (resource.equals(NODES)) {
            return node(node, asked);
        } else if (resource.equals(PODS)) {
            return pod(node, asked);
        } else if (resource.equals(RESOURCE_SLICES)) {
            return resourceSlice(node, asked);
        }
        return byRules(asked);
    }

    private Decision byRules(Attributes asked) {
        for (PolicyRule rule : nodeRules) {
            boolean allowed = asked.resourceRequest()
                    ? rule.allowsResource(
                            asked.verb(), asked.apiGroup(), asked.resource(), asked.subresource(), asked.name())
                    : rule.allowsPath(asked.verb(), asked.path());
            if (allowed) {
                return ALLOWED;
            }
        }
        return Decision.NO_OPINION;
    }

    private static Decision read(String node, Attributes asked, BooleanSupplier related) {
        if (!READ.contains(asked.verb())) {
            return Decision.noOpinion("can only read resources of this type");
        }
        if (!asked.subresource().isEmpty()) {
            return Decision.noOpinion("cannot read subresource");
        }
        if (asked.namespace().isEmpty()) {
            return Decision.noOpinion("can only read namespaced object of this type");
        }
        return ifRelated(node, asked, related);
    }

    private static Decision get(String node, Attributes asked, BooleanSupplier related) {
        if (!asked.verb().equals("get")) {
            return Decision.noOpinion("can only get individual resources of this type");
        }
        if (!asked.subresource().isEmpty()) {
            return Decision.noOpinion("cannot get subresource");
        }
        return ifRelated(node, asked, related);
    }

    private Decision claimStatus(String node, Attributes asked) {
        return asked.verb().equals("update") || asked.verb().equals("patch")
                ? ifRelated(node, asked, () -> relations.claimUsedOn(node, asked.namespace(), asked.name()))
                : Decision.noOpinion("can only get/update/patch this type");
    }

    private static Decision ifRelated(String node, Attributes asked, BooleanSupplier related) {
        if (asked.name().isEmpty()) {
            return Decision.noOpinion("No Object name found");
        }
        return related.getAsBoolean()
                ? ALLOWED
                : Decision.noOpinion("no relationship found between node '" + node + "' and this object");
    }

    private Decision token(String node, Attributes asked) {
        if (!asked.verb().equals("create") || asked.name().isEmpty()) {
            return Decision.noOpinion("can only create tokens for individual service accounts");
        }
        if (!asked.subresource().equals("token")) {
            return Decision.noOpinion("can only create token subresource of serviceaccount");
        }
        return ifRelated(node, asked, () -> relations.accountRunsOn(node, asked.namespace(), asked.name()));
    }

    private static Decision lease(String node, Attributes asked) {
        if (!OWN.contains(asked.verb())) {
            return Decision.noOpinion("can only get, create, update, patch, or delete a node lease");
        }
        if (!asked.namespace().equals(LEASE_NAMESPACE)) {
            return Decision.noOpinion("can only access leases in the \"" + LEASE_NAMESPACE + "\" system namespace");
        }
        if (!asked.verb().equals("create") && !asked.name().equals(node)) {
            return Decision.noOpinion("can only access node lease with the same name as the requesting node");
        }
        return ALLOWED;
    }

    private static Decision ownObject(String node, Attributes asked, String kind) {
        if (!OWN.contains(asked.verb()) || !asked.subresource().isEmpty()) {
            return Decision.noOpinion("can only get, create, update, patch, or delete a " + kind);
        }
        if (!asked.verb().equals("create") && !asked.name().equals(node)) {
            return Decision.noOpinion("can only access " + kind + " with the same name as the requesting node");
        }
        return ALLOWED;
    }

    private static Decision node(String node, Attributes asked) {
        return switch (asked.subresource() + ":" + asked.verb()) {
            case ":create", ":update", ":patch", "status:update", "status:patch" -> ALLOWED;
            case ":get", ":list", ":watch" -> {
                if (asked.name().equals(node) || SelectedField.is(asked.fieldSelector(), "metadata.name", node)) {
                    yield ALLOWED;
                }
                yield Decision.noOpinion(
                        asked.name().isEmpty()
                                ? "node '" + node + "' cannot read all nodes, only its own Node object"
                                : "node '" + node + "' cannot read '" + asked.name() + "', only its own Node object");
            }
            default -> Decision.NO_OPINION;
        };
    }

    private Decision pod(String node, Attributes asked) {
        return switch (asked.subresource() + ":" + asked.verb()) {
            case ":get" -> get(node, asked, () -> relations.podRunsOn(node, asked.namespace(), asked.name()));
            case ":list", ":watch" -> {
                if (SelectedField.is(asked.fieldSelector(), "spec.nodeName", node)) {
                    yield ALLOWED;
                }
                yield asked.name().isEmpty()
                        ? Decision.noOpinion("can only list/watch pods with spec.nodeName field selector")
                        : ifRelated(node, asked, () -> relations.podRunsOn(node, asked.namespace(), asked.name()));
            }
            case ":create", ":delete", "status:update", "status:patch", "eviction:create" -> ALLOWED;
            default -> Decision.NO_OPINION;
        };
    }

    private static Decision resourceSlice(String node, Attributes asked) {
        return asked.subresource().isEmpty()
                        && (asked.verb().equals("create")
                                || SelectedField.is(asked.fieldSelector(), "spec.nodeName", node))
                ? ALLOWED
                : Decision.noOpinion(
                        "can only list/watch/deletecollection resourceslices with nodeName field selector");
    }
}
