/** Walking object trees: reading values the way a Go struct would hold them, and naming places in them. */
@NullMarked
package io.kubespring.kinds.tree;

import org.jspecify.annotations.NullMarked;
