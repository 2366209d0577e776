/** Properties that hold for any input, tried with seeded random trees and bytes. */
@NullMarked
package io.kubespring.apimachinery.random;

import org.jspecify.annotations.NullMarked;
