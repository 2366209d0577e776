/** Validation: services and their endpoints. */
@NullMarked
package io.kubespring.kinds.validation.service;

import org.jspecify.annotations.NullMarked;
