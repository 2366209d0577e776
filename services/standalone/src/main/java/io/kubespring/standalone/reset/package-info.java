/** Undoes what a cluster has done to its machine. */
@NullMarked
package io.kubespring.standalone.reset;

import org.jspecify.annotations.NullMarked;
