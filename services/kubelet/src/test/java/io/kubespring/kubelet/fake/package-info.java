/** Stand-ins for what surrounds the kubelet. */
@NullMarked
package io.kubespring.kubelet.fake;

import org.jspecify.annotations.NullMarked;
