/** Trees: what the fast reader and writer do is what Jackson does. */
@NullMarked
package io.kubespring.api.json;

import org.jspecify.annotations.NullMarked;
