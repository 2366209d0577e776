/** kube-proxy as a Spring Boot service. */
@NullMarked
package io.kubespring.proxy.shell;

import org.jspecify.annotations.NullMarked;
