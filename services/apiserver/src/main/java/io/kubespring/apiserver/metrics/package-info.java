/** The server's metrics, under upstream's names. */
@NullMarked
package io.kubespring.apiserver.metrics;

import org.jspecify.annotations.NullMarked;
