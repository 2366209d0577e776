package io.kubespring.apiserver.openapi;

import java.util.Arrays;
import java.util.List;

/**
 * Every group-version that upstream's 1.36 knows, served or not: what belongs to all of them (DeleteOptions, WatchEvent)
 * says so in its {@code x-kubernetes-group-version-kind}.
 */
final class RegisteredVersions {

    private static final String GROUPS = """
        - v1
        admission.k8s.io v1 v1beta1
        admissionregistration.k8s.io v1 v1alpha1 v1beta1
        apiextensions.k8s.io v1 v1beta1
        apiregistration.k8s.io v1 v1beta1
        apps v1 v1beta1 v1beta2
        authentication.k8s.io v1 v1alpha1 v1beta1
        authorization.k8s.io v1 v1beta1
        autoscaling v1 v2
        batch v1 v1beta1
        certificates.k8s.io v1 v1alpha1 v1beta1
        coordination.k8s.io v1 v1alpha2 v1beta1
        discovery.k8s.io v1 v1beta1
        events.k8s.io v1 v1beta1
        extensions v1beta1
        flowcontrol.apiserver.k8s.io v1 v1beta1 v1beta2 v1beta3
        imagepolicy.k8s.io v1alpha1
        internal.apiserver.k8s.io v1alpha1
        networking.k8s.io v1 v1beta1
        node.k8s.io v1 v1alpha1 v1beta1
        policy v1 v1beta1
        rbac.authorization.k8s.io v1 v1alpha1 v1beta1
        resource.k8s.io v1 v1alpha3 v1beta1 v1beta2
        scheduling.k8s.io v1 v1alpha2 v1beta1
        storage.k8s.io v1 v1alpha1 v1beta1
        storagemigration.k8s.io v1beta1
        """;

    /** "group/version"; the core group's begins with the slash. */
    static final List<String> ALL = GROUPS.lines()
            .flatMap(line -> {
                String[] words = line.strip().split(" ");
                String group = words[0].equals("-") ? "" : words[0];
                return Arrays.stream(words).skip(1).map(version -> group + "/" + version);
            })
            .toList();

    private RegisteredVersions() {}
}
