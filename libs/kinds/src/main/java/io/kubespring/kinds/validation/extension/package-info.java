/** Validation: what extends the API, custom resource definitions and API services. */
@NullMarked
package io.kubespring.kinds.validation.extension;

import org.jspecify.annotations.NullMarked;
