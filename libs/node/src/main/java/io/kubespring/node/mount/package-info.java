/** Mounts that volumes need. */
@NullMarked
package io.kubespring.node.mount;

import org.jspecify.annotations.NullMarked;
