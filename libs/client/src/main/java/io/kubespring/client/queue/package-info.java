/** The rate-limited, de-duplicating work queue. */
@NullMarked
package io.kubespring.client.queue;

import org.jspecify.annotations.NullMarked;
