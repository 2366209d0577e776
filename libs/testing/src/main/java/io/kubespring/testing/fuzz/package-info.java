/** Seeded fuzzing: what went wrong once goes wrong again with the same seed. */
@NullMarked
package io.kubespring.testing.fuzz;

import org.jspecify.annotations.NullMarked;
