package io.kubespring.kubelet.runtime;

import io.fabric8.kubernetes.api.model.Container;

/** Tells whether a running container still is what its Pod asks for: name and image, as upstream since 1.28. */
final class ContainerHash {

    private static final int FNV_OFFSET = 0x811C9DC5;
    private static final int FNV_PRIME = 0x01000193;

    private ContainerHash() {}

    static String of(Container container) {
        int hash = FNV_OFFSET;
        String text = container.getName() + '\0' + container.getImage();
        for (int at = 0; at < text.length(); at++) {
            hash = (hash ^ text.charAt(at)) * FNV_PRIME;
        }
        return Integer.toHexString(hash);
    }
}
