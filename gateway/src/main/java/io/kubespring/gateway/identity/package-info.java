/** Who a request is from, and how the API server is told. */
@NullMarked
package io.kubespring.gateway.identity;

import org.jspecify.annotations.NullMarked;
