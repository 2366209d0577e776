/** Leader election on a Lease. */
@NullMarked
package io.kubespring.client.leader;

import org.jspecify.annotations.NullMarked;
