/** Configurations that the container runtime makes Pods' networks by. */
@NullMarked
package io.kubespring.node.cni;

import org.jspecify.annotations.NullMarked;
