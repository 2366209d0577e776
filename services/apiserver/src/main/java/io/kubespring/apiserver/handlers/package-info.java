/** One handler per verb, from a decoded request to an answer. */
@NullMarked
package io.kubespring.apiserver.handlers;

import org.jspecify.annotations.NullMarked;
