/** Validation: volumes, claims and storage classes. */
@NullMarked
package io.kubespring.kinds.validation.storage;

import org.jspecify.annotations.NullMarked;
