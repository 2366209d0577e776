/** The one JSON configuration. */
@NullMarked
package io.kubespring.api.json;

import org.jspecify.annotations.NullMarked;
