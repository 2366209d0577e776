/** Events about Pods and the Node. */
@NullMarked
package io.kubespring.kubelet.event;

import org.jspecify.annotations.NullMarked;
