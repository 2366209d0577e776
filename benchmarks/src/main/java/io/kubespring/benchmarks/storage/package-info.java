/** Benchmarks of the stores. */
@NullMarked
package io.kubespring.benchmarks.storage;

import org.jspecify.annotations.NullMarked;
