/** Container images made without a network: docker-archive tars and the pause program. */
@NullMarked
package io.kubespring.node.image;

import org.jspecify.annotations.NullMarked;
