/** Pod status: computed from the runtime, kept, and sent to the API server. */
@NullMarked
package io.kubespring.kubelet.status;

import org.jspecify.annotations.NullMarked;
