package io.kubespring.controllers.garbagecollector;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who owns whom. Invariant: a node is a dependent of exactly the nodes that its owner references name; an owner that no
 * informer has shown is a virtual node. Each change says what must be looked at because of it.
 */
final class Graph {

    /** What a change calls for: uids to {@code delete} if nothing owns them any more, uids whose dependents to orphan. */
    record Consequences(Set<String> delete, Set<String> orphan) {
        static Consequences none() {
            return new Consequences(new HashSet<>(), new HashSet<>());
        }
    }

    private final Map<String, GraphNode> nodes = new HashMap<>();
    private final Function<OwnerRef, @Nullable Identity> resolver;

    /** @param resolver the owner that a reference names, without its namespace; null for a kind that is not served */
    Graph(Function<OwnerRef, @Nullable Identity> resolver) {
        this.resolver = resolver;
    }

    synchronized @Nullable GraphNode get(String uid) {
        return nodes.get(uid);
    }

    synchronized int size() {
        return nodes.size();
    }

    /** A copy that can be walked without the lock. */
    synchronized List<GraphNode> dependents(GraphNode node) {
        return List.copyOf(node.dependents);
    }

    synchronized List<GraphNode> blockingDependents(GraphNode node) {
        return node.dependents.stream()
                .filter(dependent -> dependent.blocksDeletionOf(node))
                .toList();
    }

    /** An informer shows an object, new or changed. */
    synchronized Consequences observe(Identity identity, ObjectNode object) {
        Consequences consequences = Consequences.none();
        GraphNode node = nodes.get(identity.uid());
        if (node != null && node.virtual && !node.identity.equals(identity)) {
            // A reference named it wrongly (another namespace or name): what we see is the truth.
            Set<GraphNode> dependents = node.dependents;
            node = new GraphNode(identity, false);
            node.dependents.addAll(dependents);
            nodes.put(identity.uid(), node);
            dependents.forEach(dependent -> consequences.delete.add(dependent.identity.uid()));
        } else if (node == null) {
            node = new GraphNode(identity, false);
            nodes.put(identity.uid(), node);
        }
        node.virtual = false;
        relink(node, OwnerRef.of(object), consequences);
        node.beingDeleted = Finalizers.isBeingDeleted(object);
        boolean foreground = node.beingDeleted && Finalizers.has(object, Finalizers.FOREGROUND);
        if (foreground && !node.deletingDependents) {
            node.deletingDependents = true;
            node.dependents.forEach(dependent -> consequences.delete.add(dependent.identity.uid()));
            consequences.delete.add(identity.uid());
        }
        boolean orphaning = node.beingDeleted && Finalizers.has(object, Finalizers.ORPHAN);
        if (orphaning && !node.orphaning) {
            consequences.orphan.add(identity.uid());
        }
        node.orphaning = orphaning;
        return consequences;
    }

    private void relink(GraphNode node, List<OwnerRef> owners, Consequences consequences) {
        if (node.owners.equals(owners)) {
            return;
        }
        List<OwnerRef> before = node.owners;
        node.owners = owners;
        for (OwnerRef reference : before) {
            GraphNode owner = nodes.get(reference.uid());
            if (owner == null) {
                continue;
            }
            if (owners.stream().noneMatch(each -> each.uid().equals(reference.uid()))) {
                owner.dependents.remove(node);
            }
            // It may have been the last that an owner in foreground deletion waited for.
            if (owner.deletingDependents && !node.blocksDeletionOf(owner)) {
                consequences.delete.add(owner.identity.uid());
            }
        }
        for (OwnerRef reference : owners) {
            link(node, reference, consequences);
        }
    }

    private void link(GraphNode node, OwnerRef reference, Consequences consequences) {
        GraphNode owner = nodes.get(reference.uid());
        if (owner == null) {
            Identity identity = resolver.apply(reference);
            if (identity == null) {
                return;
            }
            owner = new GraphNode(
                    new Identity(
                            identity.resource(),
                            identity.resource().namespaced() ? node.identity.namespace() : "",
                            reference.name(),
                            reference.uid()),
                    true);
            nodes.put(reference.uid(), owner);
            consequences.delete.add(reference.uid());
        } else if (owner.deletingDependents) {
            consequences.delete.add(node.identity.uid());
        } else if (!agrees(owner.identity, node.identity, reference)) {
            consequences.delete.add(node.identity.uid());
        }
        owner.dependents.add(node);
    }

    /** Whether a reference describes the owner that has its uid; if not, the dependent counts as having no such owner. */
    private static boolean agrees(Identity owner, Identity dependent, OwnerRef reference) {
        return owner.name().equals(reference.name())
                && owner.resource().kind().kind().equals(reference.kind())
                && (owner.namespace().isEmpty() || owner.namespace().equals(dependent.namespace()));
    }

    /** An object is gone: an informer says so, or the server when asked about a virtual node. */
    synchronized Consequences remove(String uid) {
        Consequences consequences = Consequences.none();
        GraphNode node = nodes.remove(uid);
        if (node == null) {
            return consequences;
        }
        for (OwnerRef reference : node.owners) {
            GraphNode owner = nodes.get(reference.uid());
            if (owner != null) {
                owner.dependents.remove(node);
                if (owner.deletingDependents) {
                    consequences.delete.add(owner.identity.uid());
                } else if (owner.virtual && owner.dependents.isEmpty()) {
                    nodes.remove(reference.uid());
                }
            }
        }
        node.dependents.forEach(dependent -> consequences.delete.add(dependent.identity.uid()));
        return consequences;
    }
}
