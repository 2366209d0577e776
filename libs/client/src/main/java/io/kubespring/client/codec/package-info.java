/** How objects are read from and written to the wire: as typed models or as trees. */
@NullMarked
package io.kubespring.client.codec;

import org.jspecify.annotations.NullMarked;
