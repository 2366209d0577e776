/** The kernel's files below {@code /proc}. */
@NullMarked
package io.kubespring.node.proc;

import org.jspecify.annotations.NullMarked;
