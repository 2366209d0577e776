/** Asks the machine's own resolvers for names outside the cluster. */
@NullMarked
package io.kubespring.dns.forward;

import org.jspecify.annotations.NullMarked;
