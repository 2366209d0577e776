/** What a kubelet may do: its own node, and what its own pods refer to. */
@NullMarked
package io.kubespring.apiserver.authorization.node;

import org.jspecify.annotations.NullMarked;
