/** Upstream's command-line flags as Spring Boot properties. */
@NullMarked
package io.kubespring.service.flags;

import org.jspecify.annotations.NullMarked;
