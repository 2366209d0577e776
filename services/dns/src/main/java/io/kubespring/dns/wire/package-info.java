/** DNS messages as bytes (RFC 1035, RFC 6891), as far as an authoritative server needs them. */
@NullMarked
package io.kubespring.dns.wire;

import org.jspecify.annotations.NullMarked;
