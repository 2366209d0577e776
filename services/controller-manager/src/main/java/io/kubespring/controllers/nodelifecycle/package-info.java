/** Notices nodes that fell silent, says so in their conditions and taints. */
@NullMarked
package io.kubespring.controllers.nodelifecycle;

import org.jspecify.annotations.NullMarked;
