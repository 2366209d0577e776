/** Where a Pod may run: taints, tolerations and node selectors, as scheduler, kubelet and controllers agree on them. */
@NullMarked
package io.kubespring.kinds.scheduling;

import org.jspecify.annotations.NullMarked;
