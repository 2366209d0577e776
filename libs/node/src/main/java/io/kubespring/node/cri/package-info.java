/** The Container Runtime Interface (CRI v1): one small interface, and its client over the runtime's Unix socket. */
@NullMarked
package io.kubespring.node.cri;

import org.jspecify.annotations.NullMarked;
