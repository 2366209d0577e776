/** Time and randomness, injected everywhere so that a test owns both. */
@NullMarked
package io.kubespring.api.time;

import org.jspecify.annotations.NullMarked;
