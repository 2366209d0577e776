/** Which Pods this node should run: sources, static Pods and their names. */
@NullMarked
package io.kubespring.kubelet.pod;

import org.jspecify.annotations.NullMarked;
