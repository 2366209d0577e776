/** What the cluster's own names mean, following "Kubernetes DNS-Based Service Discovery" 1.1.0. */
@NullMarked
package io.kubespring.dns.zone;

import org.jspecify.annotations.NullMarked;
