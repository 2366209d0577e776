/** Validation: how containers are run. */
@NullMarked
package io.kubespring.kinds.validation.node;

import org.jspecify.annotations.NullMarked;
