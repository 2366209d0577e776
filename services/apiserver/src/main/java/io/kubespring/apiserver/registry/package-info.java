/** What every stored resource can do, whatever its kind: the write pipeline, deletion, and the per-kind strategy SPI. */
@NullMarked
package io.kubespring.apiserver.registry;

import org.jspecify.annotations.NullMarked;
