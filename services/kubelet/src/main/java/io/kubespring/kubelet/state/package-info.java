/** Pods as the container runtime tells them, read anew for every step. */
@NullMarked
package io.kubespring.kubelet.state;

import org.jspecify.annotations.NullMarked;
