/** Validation that every kind shares: metadata, names, labels, selectors, quantities, numbers. */
@NullMarked
package io.kubespring.kinds.validation.meta;

import org.jspecify.annotations.NullMarked;
