/** The node agent: {@link io.kubespring.kubelet.Kubelet} runs the Pods that are bound to this machine. */
@NullMarked
package io.kubespring.kubelet;

import org.jspecify.annotations.NullMarked;
