/** How a component becomes a Spring Boot service, alone or beside others in one process. */
@NullMarked
package io.kubespring.service.boot;

import org.jspecify.annotations.NullMarked;
