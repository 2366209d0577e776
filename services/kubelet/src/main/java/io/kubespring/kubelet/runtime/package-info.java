/** Pods as the container runtime knows them: what is there, what should be, and the steps between. */
@NullMarked
package io.kubespring.kubelet.runtime;

import org.jspecify.annotations.NullMarked;
