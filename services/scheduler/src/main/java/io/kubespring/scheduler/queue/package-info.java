/** Which Pod is next, and when a Pod that did not fit is tried again. */
@NullMarked
package io.kubespring.scheduler.queue;

import org.jspecify.annotations.NullMarked;
