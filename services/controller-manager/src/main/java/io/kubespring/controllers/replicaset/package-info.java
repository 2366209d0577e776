/** Keeps as many Pods as a ReplicaSet or ReplicationController asks for. */
@NullMarked
package io.kubespring.controllers.replicaset;

import org.jspecify.annotations.NullMarked;
