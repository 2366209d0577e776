/** The scheduler as a Spring Boot service. */
@NullMarked
package io.kubespring.scheduler.shell;

import org.jspecify.annotations.NullMarked;
