/** The kernel's memory of connections, where it outlives what it remembers. */
@NullMarked
package io.kubespring.proxy.conntrack;

import org.jspecify.annotations.NullMarked;
