/** The kubelet as a Spring Boot service. */
@NullMarked
package io.kubespring.kubelet.shell;

import org.jspecify.annotations.NullMarked;
