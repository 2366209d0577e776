/** ControllerRevisions: the templates that a DaemonSet or StatefulSet had, for rollback and for telling old Pods from new. */
@NullMarked
package io.kubespring.controllers.history;

import org.jspecify.annotations.NullMarked;
