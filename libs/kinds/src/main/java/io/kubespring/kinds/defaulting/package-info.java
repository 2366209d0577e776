/** Upstream's defaults for the built-in kinds, put into object trees. */
@NullMarked
package io.kubespring.kinds.defaulting;

import org.jspecify.annotations.NullMarked;
