package io.kubespring.controllers.history;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import io.kubespring.client.Resources;
import io.kubespring.client.informer.Lister;
import io.kubespring.controllers.ownership.Owners;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps one ControllerRevision a template; the newest has the highest revision number. */
public final class RevisionHistory {

    /** On revisions and Pods. */
    public static final String HASH_LABEL = "controller-revision-hash";

    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final Lister<ControllerRevision> revisions;
    private final Resources<ControllerRevision> client;

    public RevisionHistory(Lister<ControllerRevision> revisions, KubeClient client) {
        this.revisions = revisions;
        this.client = client.resources(ControllerRevision.class);
    }

    /** Oldest first. */
    public List<ControllerRevision> of(HasMetadata owner) {
        return revisions.byIndex(Owners.INDEX, owner.getMetadata().getUid()).stream()
                .sorted(Comparator.comparing(ControllerRevision::getRevision)
                        .thenComparing(revision -> revision.getMetadata().getName()))
                .toList();
    }

    /** The revision of a template; made, or moved to the end where it is an old one come back. */
    public ControllerRevision current(HasMetadata owner, PodTemplateSpec template) {
        JsonNode data = data(template);
        List<ControllerRevision> known = of(owner);
        long last = known.isEmpty() ? 0 : known.getLast().getRevision();
        for (ControllerRevision revision : known.reversed()) {
            if (Json.mapper().valueToTree(revision.getData()).equals(data)) {
                return revision.getRevision() == last ? revision : renumber(revision, last + 1);
            }
        }
        return create(owner, template, data, last + 1);
    }

    private ControllerRevision renumber(ControllerRevision revision, long number) {
        return Await.value(client.update(
                new ControllerRevisionBuilder(revision).withRevision(number).build()));
    }

    private ControllerRevision create(HasMetadata owner, PodTemplateSpec template, JsonNode data, long number) {
        String hash = hash(data);
        ControllerRevision revision = new ControllerRevisionBuilder()
                .withNewMetadata()
                .withNamespace(owner.getMetadata().getNamespace())
                .withName(owner.getMetadata().getName() + "-" + hash)
                .withLabels(template.getMetadata().getLabels())
                .addToLabels(HASH_LABEL, hash)
                .withOwnerReferences(Owners.controllerReference(owner))
                .endMetadata()
                .withData(data)
                .withRevision(number)
                .build();
        try {
            return Await.value(client.create(revision));
        } catch (StatusException failure) {
            if (failure.reason() != StatusReason.ALREADY_EXISTS) {
                throw failure;
            }
            return Await.value(client.inNamespace(owner.getMetadata().getNamespace())
                    .get(revision.getMetadata().getName()));
        }
    }

    /** Deletes the oldest that no Pod is made from, down to the limit. */
    public void trim(HasMetadata owner, Set<String> liveHashes, int limit) {
        List<ControllerRevision> idle = of(owner).stream()
                .filter(revision -> !liveHashes.contains(hashOf(revision)))
                .toList();
        for (ControllerRevision revision : idle.subList(0, Math.max(0, idle.size() - limit))) {
            try {
                Await.done(client.inNamespace(owner.getMetadata().getNamespace())
                        .delete(revision.getMetadata().getName()));
            } catch (StatusException failure) {
                if (failure.reason() != StatusReason.NOT_FOUND) {
                    throw failure;
                }
            }
        }
    }

    public static String hashOf(ControllerRevision revision) {
        return revision.getMetadata().getLabels().getOrDefault(HASH_LABEL, "");
    }

    /** The patch that brings this template back. */
    private static JsonNode data(PodTemplateSpec template) {
        ObjectNode data = Json.object();
        ObjectNode tree = Json.readObject(Json.write(template));
        tree.put("$patch", "replace");
        data.putObject("spec").set("template", tree);
        return data;
    }

    /** The template that a revision holds. */
    public static PodTemplateSpec template(ControllerRevision revision) {
        JsonNode data = Json.mapper().valueToTree(revision.getData());
        ObjectNode template = (ObjectNode) data.path("spec").path("template").deepCopy();
        template.remove("$patch");
        return Json.convert(template, PodTemplateSpec.class);
    }

    private static String hash(JsonNode data) {
        int hash = 0x811C9DC5;
        for (byte each : Json.write(data)) {
            hash = (hash ^ (each & 0xFF)) * 0x01000193;
        }
        var text = new StringBuilder();
        for (char digit : Integer.toUnsignedString(hash).toCharArray()) {
            text.append(LETTERS.charAt(digit % LETTERS.length()));
        }
        return text.toString();
    }
}
