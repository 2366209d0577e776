/** Who calls a component's own endpoints, and whether they may: the API server is asked for both. */
@NullMarked
package io.kubespring.service.access;

import org.jspecify.annotations.NullMarked;
