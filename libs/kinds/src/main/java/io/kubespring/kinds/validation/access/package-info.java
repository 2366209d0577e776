/** Validation: roles and their bindings. */
@NullMarked
package io.kubespring.kinds.validation.access;

import org.jspecify.annotations.NullMarked;
