/** Which Pods stand behind a Service, and on which ports: what Endpoints and EndpointSlices have in common. */
@NullMarked
package io.kubespring.controllers.servicepods;

import org.jspecify.annotations.NullMarked;
