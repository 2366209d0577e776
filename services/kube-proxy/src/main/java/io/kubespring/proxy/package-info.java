/** kube-proxy: makes Service addresses work on this node. */
@NullMarked
package io.kubespring.proxy;

import org.jspecify.annotations.NullMarked;
