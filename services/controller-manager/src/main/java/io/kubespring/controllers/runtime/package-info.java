/** What every controller is given: informers, its own client, the queue's workers, time, randomness, metrics. */
@NullMarked
package io.kubespring.controllers.runtime;

import org.jspecify.annotations.NullMarked;
