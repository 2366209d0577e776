/** Masquerading and forwarding, in chains of flannel's own. */
@NullMarked
package io.kubespring.flannel.rules;

import org.jspecify.annotations.NullMarked;
