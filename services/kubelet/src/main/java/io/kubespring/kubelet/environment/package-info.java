/** Environment variables of containers. */
@NullMarked
package io.kubespring.kubelet.environment;

import org.jspecify.annotations.NullMarked;
