/** Label and field selectors, as query strings and as objects carry them. */
@NullMarked
package io.kubespring.api.selector;

import org.jspecify.annotations.NullMarked;
