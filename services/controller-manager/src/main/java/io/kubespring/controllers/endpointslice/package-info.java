/** Publishes the Pods behind a Service as EndpointSlices. */
@NullMarked
package io.kubespring.controllers.endpointslice;

import org.jspecify.annotations.NullMarked;
