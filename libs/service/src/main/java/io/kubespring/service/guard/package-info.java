/** The Spring Security chain in front of a component's metrics and Actuator. */
@NullMarked
package io.kubespring.service.guard;

import org.jspecify.annotations.NullMarked;
