/** What load balancers ask a node about one service. */
@NullMarked
package io.kubespring.proxy.health;

import org.jspecify.annotations.NullMarked;
