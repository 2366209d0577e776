/** Benchmarks of what a write does to a tree. */
@NullMarked
package io.kubespring.benchmarks.apimachinery;

import org.jspecify.annotations.NullMarked;
