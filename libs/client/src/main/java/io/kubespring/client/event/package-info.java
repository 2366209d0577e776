/** Recording of Events, aggregated and rate-limited. */
@NullMarked
package io.kubespring.client.event;

import org.jspecify.annotations.NullMarked;
