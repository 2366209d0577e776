/** What names may look like. */
@NullMarked
package io.kubespring.api.names;

import org.jspecify.annotations.NullMarked;
