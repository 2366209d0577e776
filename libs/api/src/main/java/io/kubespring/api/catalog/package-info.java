/** Which resources are served, and under which names. */
@NullMarked
package io.kubespring.api.catalog;

import org.jspecify.annotations.NullMarked;
