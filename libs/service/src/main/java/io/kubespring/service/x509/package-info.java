/** Client certificates: verified here, not by the TLS layer, against authorities that can be reloaded. */
@NullMarked
package io.kubespring.service.x509;

import org.jspecify.annotations.NullMarked;
