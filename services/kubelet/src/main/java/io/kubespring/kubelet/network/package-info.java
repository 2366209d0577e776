/** Files that give Pods their names: hosts and resolv.conf. */
@NullMarked
package io.kubespring.kubelet.network;

import org.jspecify.annotations.NullMarked;
