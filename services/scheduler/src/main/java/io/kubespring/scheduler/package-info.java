/** The scheduler: finds a node for every Pod that has none. */
@NullMarked
package io.kubespring.scheduler;

import org.jspecify.annotations.NullMarked;
