/** Deletes Pods that do not tolerate a NoExecute taint of their node. */
@NullMarked
package io.kubespring.controllers.tainteviction;

import org.jspecify.annotations.NullMarked;
