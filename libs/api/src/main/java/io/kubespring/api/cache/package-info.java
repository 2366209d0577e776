/** Memory of what was found out before, bounded. */
@NullMarked
package io.kubespring.api.cache;

import org.jspecify.annotations.NullMarked;
