/** Benchmarks of the watch cache: what GET, LIST and WATCH are made of. */
@NullMarked
package io.kubespring.benchmarks.cache;

import org.jspecify.annotations.NullMarked;
