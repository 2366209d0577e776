package io.kubespring.controllers.garbagecollector;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.client.ApiResource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.controller.Controller;
import io.kubespring.client.controller.Manager;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.client.informer.InformerOptions;
import io.kubespring.client.informer.Informers;
import io.kubespring.controllers.runtime.ControllerContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Watches the metadata of everything that can be deleted (Events apart, as upstream) and feeds the graph. Its informers
 * are its own, and start once the other controllers run: a resource that cannot be listed holds up nobody else.
 */
public final class GarbageCollectorController {

    private static final String IDENTITY = "generic-garbage-collector";
    private static final int WORKERS = 20;

    private final Graph graph;
    private final Controller<String> deletes;
    private final Controller<String> orphans;

    private GarbageCollectorController(ControllerContext context) {
        KubeClient client = context.client(IDENTITY);
        var live = new LiveObjects(client, Catalog.builtIn());
        graph = new Graph(reference -> identity(live, reference));
        var manager = new Manager(context.time(), context.executor());
        var informers = new Informers(client, context.executor(), context.random());
        manager.add(informers);
        deletes = new Controller<>(
                "garbage_collector_attempt_to_delete",
                WORKERS,
                new DependentDeleter(graph, live, this::look, this::gone),
                context.executor(),
                context.time(),
                context.metrics());
        orphans = new Controller<>(
                "garbage_collector_attempt_to_orphan",
                WORKERS,
                new Orphaner(graph, live),
                context.executor(),
                context.time(),
                context.metrics());
        manager.add(deletes).add(orphans);
        var options = InformerOptions.<ObjectNode>all().transform(new Slimmer());
        for (ResourceType type : monitored(Catalog.builtIn())) {
            ApiResource resource = ApiResource.of(type);
            Informer<ObjectNode> informer = informers.metadata(resource, options);
            informer.addHandler(new Monitor(resource));
        }
        context.manager().afterSync(manager::start).onClose(manager::close);
    }

    public static void register(ControllerContext context) {
        new GarbageCollectorController(context);
    }

    private static List<ResourceType> monitored(Catalog catalog) {
        var prefixes = new HashSet<String>();
        return catalog.all().stream()
                .filter(type -> type.storagePrefix() != null
                        && type.verbs().containsAll(Set.of("list", "watch", "delete"))
                        && !type.plural().equals("events"))
                .filter(type -> prefixes.add(String.valueOf(type.storagePrefix())))
                .toList();
    }

    private static @Nullable Identity identity(LiveObjects live, OwnerRef reference) {
        ApiResource resource = live.resource(reference);
        return resource == null ? null : new Identity(resource, "", reference.name(), reference.uid());
    }

    private void look(String uid) {
        deletes.queue().add(uid);
    }

    private void gone(String uid) {
        follow(graph.remove(uid));
    }

    private void follow(Graph.Consequences consequences) {
        consequences.delete().forEach(deletes.queue()::add);
        consequences.orphan().forEach(orphans.queue()::add);
    }

    private final class Monitor implements EventHandler<ObjectNode> {
        private final ApiResource resource;

        Monitor(ApiResource resource) {
            this.resource = resource;
        }

        @Override
        public void onAdd(ObjectNode object, boolean initial) {
            follow(graph.observe(identity(object), object));
        }

        @Override
        public void onUpdate(ObjectNode before, ObjectNode after) {
            Identity then = identity(before);
            Identity now = identity(after);
            if (!then.uid().equals(now.uid())) {
                gone(then.uid());
            }
            follow(graph.observe(now, after));
        }

        @Override
        public void onDelete(ObjectNode last) {
            gone(identity(last).uid());
        }

        private Identity identity(ObjectNode object) {
            var metadata = object.path("metadata");
            return new Identity(
                    resource,
                    metadata.path("namespace").asString(""),
                    metadata.path("name").asString(""),
                    metadata.path("uid").asString(""));
        }
    }
}
