/** TLS for the servers of every component. */
@NullMarked
package io.kubespring.service.tls;

import org.jspecify.annotations.NullMarked;
