/** API servers of their own, killed and cut off from power and disk: what clients were told stays true. */
@NullMarked
package io.kubespring.e2e.store;

import org.jspecify.annotations.NullMarked;
