/** Deletes Pods that nobody will finish: too many finished ones, those of gone nodes, those never scheduled. */
@NullMarked
package io.kubespring.controllers.podgc;

import org.jspecify.annotations.NullMarked;
