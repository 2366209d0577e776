/** The kubelet's own HTTPS endpoint: logs, exec, attach, port-forward, statistics. */
@NullMarked
package io.kubespring.kubelet.server;

import org.jspecify.annotations.NullMarked;
