/** Containers that could not be started: why, and how long until the next try. */
@NullMarked
package io.kubespring.kubelet.failure;

import org.jspecify.annotations.NullMarked;
