/** Teaches the JVM, when the product is built, what a start and the first requests will need. */
@NullMarked
package io.kubespring.standalone.aot;

import org.jspecify.annotations.NullMarked;
