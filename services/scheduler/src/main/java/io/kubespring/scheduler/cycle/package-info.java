/** One Pod's way through the framework: find a node, then bind to it. */
@NullMarked
package io.kubespring.scheduler.cycle;

import org.jspecify.annotations.NullMarked;
