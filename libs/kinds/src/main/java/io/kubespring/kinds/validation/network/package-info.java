/** Validation: ingresses and network policies. */
@NullMarked
package io.kubespring.kinds.validation.network;

import org.jspecify.annotations.NullMarked;
