/** Container logs: the CRI format, following and rotation. */
@NullMarked
package io.kubespring.kubelet.logs;

import org.jspecify.annotations.NullMarked;
