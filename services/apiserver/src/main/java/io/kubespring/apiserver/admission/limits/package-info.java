/** LimitRange objects: defaults for containers, and bounds of containers, pods and claims. */
@NullMarked
package io.kubespring.apiserver.admission.limits;

import org.jspecify.annotations.NullMarked;
