/** Ways to carry packets from node to node. */
@NullMarked
package io.kubespring.flannel.backend;

import org.jspecify.annotations.NullMarked;
