/** The proxy subresources of Pods, Services and Nodes: where a request goes, and what is changed on its way. */
@NullMarked
package io.kubespring.apiserver.proxy;

import org.jspecify.annotations.NullMarked;
