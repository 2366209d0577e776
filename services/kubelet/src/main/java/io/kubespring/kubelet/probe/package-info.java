/** Startup, readiness and liveness probes. */
@NullMarked
package io.kubespring.kubelet.probe;

import org.jspecify.annotations.NullMarked;
