/** How one thread wakes another that waits. */
@NullMarked
package io.kubespring.kubelet.signal;

import org.jspecify.annotations.NullMarked;
