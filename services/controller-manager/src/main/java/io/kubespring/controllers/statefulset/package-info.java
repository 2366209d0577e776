/** Keeps a StatefulSet's Pods, each with a name and volumes of its own, one after the other. */
@NullMarked
package io.kubespring.controllers.statefulset;

import org.jspecify.annotations.NullMarked;
