/** Waiting for what other threads and processes do, by asking again and again up to a generous end. */
@NullMarked
package io.kubespring.testing.await;

import org.jspecify.annotations.NullMarked;
