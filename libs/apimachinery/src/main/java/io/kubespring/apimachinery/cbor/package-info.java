/** The CBOR form of objects (KEP-4222), from their JSON and back. */
@NullMarked
package io.kubespring.apimachinery.cbor;

import org.jspecify.annotations.NullMarked;
