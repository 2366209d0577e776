/** What a Pod's state means: quality of service, readiness, termination. */
@NullMarked
package io.kubespring.kinds.pod;

import org.jspecify.annotations.NullMarked;
