/** Validation: webhooks and policies of admission. Expressions are not compiled here. */
@NullMarked
package io.kubespring.kinds.validation.admission;

import org.jspecify.annotations.NullMarked;
