/** Collecting dead containers, sandboxes and what Pods left behind. */
@NullMarked
package io.kubespring.kubelet.gc;

import org.jspecify.annotations.NullMarked;
