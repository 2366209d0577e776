/** The API servers: which of them are ready, and how a request gets there and its answer back. */
@NullMarked
package io.kubespring.gateway.upstream;

import org.jspecify.annotations.NullMarked;
