/** The kubelet on a real containerd. */
@NullMarked
package io.kubespring.kubelet.host;

import org.jspecify.annotations.NullMarked;
