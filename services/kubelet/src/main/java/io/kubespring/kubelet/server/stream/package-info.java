/** Upgraded connections: exec, attach and port-forward, translated to what the runtime speaks. */
@NullMarked
package io.kubespring.kubelet.server.stream;

import org.jspecify.annotations.NullMarked;
