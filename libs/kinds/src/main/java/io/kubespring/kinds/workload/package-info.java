/** What controllers of Pods share: rolling-update arithmetic and template hashes. */
@NullMarked
package io.kubespring.kinds.workload;

import org.jspecify.annotations.NullMarked;
