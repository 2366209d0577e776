/** JSON bytes as a flat list of places: what re-encoding needs, without object trees. */
@NullMarked
package io.kubespring.apimachinery.tape;

import org.jspecify.annotations.NullMarked;
