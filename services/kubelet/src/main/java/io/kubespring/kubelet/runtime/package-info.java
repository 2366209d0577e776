/** What a Pod should be in the container runtime, and the steps to it from what is there. */
@NullMarked
package io.kubespring.kubelet.runtime;

import org.jspecify.annotations.NullMarked;
