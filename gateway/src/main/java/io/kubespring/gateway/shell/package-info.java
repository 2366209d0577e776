/** The gateway as a Spring Boot service: Spring Cloud Gateway's routes and filters over the core. */
@NullMarked
package io.kubespring.gateway.shell;

import org.jspecify.annotations.NullMarked;
