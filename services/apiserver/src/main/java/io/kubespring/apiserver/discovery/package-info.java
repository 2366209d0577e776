/** Which groups, versions and resources are served: the legacy and the aggregated discovery documents. */
@NullMarked
package io.kubespring.apiserver.discovery;

import org.jspecify.annotations.NullMarked;
