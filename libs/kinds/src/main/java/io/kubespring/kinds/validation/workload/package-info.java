/** Validation: what runs Pods: Deployments, Jobs and the like. */
@NullMarked
package io.kubespring.kinds.validation.workload;

import org.jspecify.annotations.NullMarked;
