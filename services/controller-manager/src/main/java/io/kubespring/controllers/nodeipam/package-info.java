/** Gives every node a range of Pod addresses. */
@NullMarked
package io.kubespring.controllers.nodeipam;

import org.jspecify.annotations.NullMarked;
