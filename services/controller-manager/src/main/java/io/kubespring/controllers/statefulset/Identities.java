package io.kubespring.controllers.statefulset;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.kubespring.controllers.history.RevisionHistory;
import io.kubespring.controllers.pods.PodControl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The stable identity of each Pod ("web-0"): name, host name, labels, claims. */
final class Identities {

    private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
    private static final String POD_INDEX = "apps.kubernetes.io/pod-index";

    private Identities() {}

    static int start(StatefulSet set) {
        return set.getSpec().getOrdinals() == null
                        || set.getSpec().getOrdinals().getStart() == null
                ? 0
                : set.getSpec().getOrdinals().getStart();
    }

    static String name(StatefulSet set, int ordinal) {
        return set.getMetadata().getName() + "-" + ordinal;
    }

    /** -1 for a Pod that is named otherwise. */
    static int ordinal(StatefulSet set, Pod pod) {
        String prefix = set.getMetadata().getName() + "-";
        String name = pod.getMetadata().getName();
        if (!name.startsWith(prefix)) {
            return -1;
        }
        try {
            return Integer.parseInt(name.substring(prefix.length()));
        } catch (NumberFormatException another) {
            return -1;
        }
    }

    /** @param revision the name of the ControllerRevision that the template is of */
    static Pod pod(StatefulSet set, PodTemplateSpec template, int ordinal, String revision) {
        Pod pod = PodControl.fromTemplate(set, template);
        String name = name(set, ordinal);
        pod.getMetadata().setGenerateName(null);
        pod.getMetadata().setName(name);
        Map<String, String> labels = new LinkedHashMap<>();
        if (pod.getMetadata().getLabels() != null) {
            labels.putAll(pod.getMetadata().getLabels());
        }
        labels.put(POD_NAME, name);
        labels.put(POD_INDEX, Integer.toString(ordinal));
        labels.put(RevisionHistory.HASH_LABEL, revision);
        pod.getMetadata().setLabels(labels);
        pod.getSpec().setHostname(name);
        pod.getSpec().setSubdomain(set.getSpec().getServiceName());
        pod.getSpec().setVolumes(volumes(set, pod, ordinal));
        return pod;
    }

    private static List<Volume> volumes(StatefulSet set, Pod pod, int ordinal) {
        var volumes = new ArrayList<Volume>();
        for (PersistentVolumeClaim template : set.getSpec().getVolumeClaimTemplates()) {
            volumes.add(new VolumeBuilder()
                    .withName(template.getMetadata().getName())
                    .withNewPersistentVolumeClaim(claimName(set, template, ordinal), false)
                    .build());
        }
        pod.getSpec().getVolumes().stream()
                .filter(volume ->
                        volumes.stream().noneMatch(claim -> claim.getName().equals(volume.getName())))
                .forEach(volumes::add);
        return volumes;
    }

    static List<PersistentVolumeClaim> claims(StatefulSet set, int ordinal) {
        return set.getSpec().getVolumeClaimTemplates().stream()
                .map(template -> new PersistentVolumeClaimBuilder(template)
                        .editMetadata()
                        .withNamespace(set.getMetadata().getNamespace())
                        .withName(claimName(set, template, ordinal))
                        .addToLabels(set.getSpec().getSelector().getMatchLabels())
                        .endMetadata()
                        .withStatus(null)
                        .build())
                .toList();
    }

    private static String claimName(StatefulSet set, PersistentVolumeClaim template, int ordinal) {
        return template.getMetadata().getName() + "-" + name(set, ordinal);
    }
}
