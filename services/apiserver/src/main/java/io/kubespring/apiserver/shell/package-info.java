/** The API server as a Spring Boot service: HTTPS, the security chain, flags. */
@NullMarked
package io.kubespring.apiserver.shell;

import org.jspecify.annotations.NullMarked;
