/** How a client reaches an API server: over HTTPS, or within the process. */
@NullMarked
package io.kubespring.client.transport;

import org.jspecify.annotations.NullMarked;
