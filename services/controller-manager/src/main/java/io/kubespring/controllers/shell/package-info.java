/** The controller manager as a Spring Boot service. */
@NullMarked
package io.kubespring.controllers.shell;

import org.jspecify.annotations.NullMarked;
