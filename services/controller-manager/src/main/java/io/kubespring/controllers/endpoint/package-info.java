/** Publishes the Pods behind a Service as Endpoints. */
@NullMarked
package io.kubespring.controllers.endpoint;

import org.jspecify.annotations.NullMarked;
