/** The access log. */
@NullMarked
package io.kubespring.gateway.access;

import org.jspecify.annotations.NullMarked;
