/** Validation: devices and what claims them, resource.k8s.io. Expressions are not compiled here. */
@NullMarked
package io.kubespring.kinds.validation.device;

import org.jspecify.annotations.NullMarked;
