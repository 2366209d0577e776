/** How much a caller may ask for. */
@NullMarked
package io.kubespring.gateway.limits;

import org.jspecify.annotations.NullMarked;
