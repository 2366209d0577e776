/** The configuration of a containerd instance that KubeSpring runs for itself. */
@NullMarked
package io.kubespring.node.containerd;

import org.jspecify.annotations.NullMarked;
