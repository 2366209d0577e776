/** The DNS component as a Spring Boot service. */
@NullMarked
package io.kubespring.dns.shell;

import org.jspecify.annotations.NullMarked;
