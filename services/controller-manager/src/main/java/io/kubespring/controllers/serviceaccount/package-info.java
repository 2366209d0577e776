/** Gives every namespace its default ServiceAccount. */
@NullMarked
package io.kubespring.controllers.serviceaccount;

import org.jspecify.annotations.NullMarked;
