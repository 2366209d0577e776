/** Keeps one Pod of a DaemonSet on every node that it fits. */
@NullMarked
package io.kubespring.controllers.daemonset;

import org.jspecify.annotations.NullMarked;
