/** flannel as a Spring Boot service. */
@NullMarked
package io.kubespring.flannel.shell;

import org.jspecify.annotations.NullMarked;
