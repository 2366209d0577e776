/** Who a client certificate, or a proxy with one, speaks for. */
@NullMarked
package io.kubespring.apiserver.authentication.x509;

import org.jspecify.annotations.NullMarked;
