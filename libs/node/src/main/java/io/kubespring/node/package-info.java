/** What host agents share: the container runtime, images made on the spot, cgroups and mounts. */
@NullMarked
package io.kubespring.node;

import org.jspecify.annotations.NullMarked;
