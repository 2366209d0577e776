/** What the kubelet needs from the API server, one small interface a need. */
@NullMarked
package io.kubespring.kubelet.cluster;

import org.jspecify.annotations.NullMarked;
