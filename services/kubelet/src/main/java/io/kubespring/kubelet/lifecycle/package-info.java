/** Hooks after a container's start and before its stop. */
@NullMarked
package io.kubespring.kubelet.lifecycle;

import org.jspecify.annotations.NullMarked;
