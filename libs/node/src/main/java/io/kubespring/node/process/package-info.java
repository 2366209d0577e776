/** The host's own programs. */
@NullMarked
package io.kubespring.node.process;

import org.jspecify.annotations.NullMarked;
