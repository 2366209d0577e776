/** Objects in another version of their kind. */
@NullMarked
package io.kubespring.apimachinery.convert;

import org.jspecify.annotations.NullMarked;
