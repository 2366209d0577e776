/** Packet filter rules, applied atomically. */
@NullMarked
package io.kubespring.node.iptables;

import org.jspecify.annotations.NullMarked;
