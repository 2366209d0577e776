/** The one structural description that built-in kinds and custom resources share. */
@NullMarked
package io.kubespring.api.schema;

import org.jspecify.annotations.NullMarked;
