/** Who has which address and which node port: claims in the store, one key each, and the loops that repair them. */
@NullMarked
package io.kubespring.apiserver.allocation;

import org.jspecify.annotations.NullMarked;
