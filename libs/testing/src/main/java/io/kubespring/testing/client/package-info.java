/** An API server of trees in memory, and a simulation that runs clients against it in manual time on one thread. */
@NullMarked
package io.kubespring.testing.client;

import org.jspecify.annotations.NullMarked;
