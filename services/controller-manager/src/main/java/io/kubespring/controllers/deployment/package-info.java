/** Rolls Pods from one template to the next by scaling ReplicaSets. */
@NullMarked
package io.kubespring.controllers.deployment;

import org.jspecify.annotations.NullMarked;
