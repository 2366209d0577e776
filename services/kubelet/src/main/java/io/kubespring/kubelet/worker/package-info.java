/** One worker a Pod, that drives it from admission to the end. */
@NullMarked
package io.kubespring.kubelet.worker;

import org.jspecify.annotations.NullMarked;
