/** Empties and finalizes namespaces that are being deleted. */
@NullMarked
package io.kubespring.controllers.namespace;

import org.jspecify.annotations.NullMarked;
