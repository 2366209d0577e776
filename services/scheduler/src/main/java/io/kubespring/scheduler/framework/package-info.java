/** The scheduling framework (KEP-624): the extension points, and what plugins see of Pods and nodes. */
@NullMarked
package io.kubespring.scheduler.framework;

import org.jspecify.annotations.NullMarked;
