/** Network devices, neighbours, forwarding entries and routes of the machine, as they are and as they should be. */
@NullMarked
package io.kubespring.node.netlink;

import org.jspecify.annotations.NullMarked;
