/** The protobuf form of built-in kinds, from their JSON and back, driven by a table of their messages. */
@NullMarked
package io.kubespring.apimachinery.protobuf;

import org.jspecify.annotations.NullMarked;
