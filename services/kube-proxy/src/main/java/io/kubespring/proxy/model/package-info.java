/** What of Services and EndpointSlices matters to a proxy, free of API types. */
@NullMarked
package io.kubespring.proxy.model;

import org.jspecify.annotations.NullMarked;
