/** From a request's bytes to a JSON tree: JSON and YAML, bounded, with duplicate fields reported. */
@NullMarked
package io.kubespring.apimachinery.decode;

import org.jspecify.annotations.NullMarked;
