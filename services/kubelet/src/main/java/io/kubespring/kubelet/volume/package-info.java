/** Volumes of Pods on this node. */
@NullMarked
package io.kubespring.kubelet.volume;

import org.jspecify.annotations.NullMarked;
