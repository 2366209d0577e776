/** The scheduler's picture of the cluster, ahead of the API server by what it has just decided. */
@NullMarked
package io.kubespring.scheduler.cache;

import org.jspecify.annotations.NullMarked;
