/** Every error a client can see is a {@code Status}; this is its one internal form. */
@NullMarked
package io.kubespring.api.error;

import org.jspecify.annotations.NullMarked;
