/** Every component of a one-machine cluster in one process: what {@code ./kubespring up} starts. */
@NullMarked
package io.kubespring.standalone;

import org.jspecify.annotations.NullMarked;
