/** This machine as a Node: registration, status, lease, resources. */
@NullMarked
package io.kubespring.kubelet.node;

import org.jspecify.annotations.NullMarked;
