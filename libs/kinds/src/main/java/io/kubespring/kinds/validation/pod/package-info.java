/** Validation: pods and pod templates. */
@NullMarked
package io.kubespring.kinds.validation.pod;

import org.jspecify.annotations.NullMarked;
