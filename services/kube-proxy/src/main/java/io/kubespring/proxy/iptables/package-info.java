/** Services as iptables chains, named and built as upstream's iptables mode names and builds them. */
@NullMarked
package io.kubespring.proxy.iptables;

import org.jspecify.annotations.NullMarked;
