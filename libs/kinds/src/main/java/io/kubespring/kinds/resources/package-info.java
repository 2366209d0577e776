/** What a Pod asks of a node: requests and limits summed over its containers. */
@NullMarked
package io.kubespring.kinds.resources;

import org.jspecify.annotations.NullMarked;
