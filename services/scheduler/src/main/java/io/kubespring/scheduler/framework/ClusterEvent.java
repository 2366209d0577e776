package io.kubespring.scheduler.framework;

/** A change that may make room for Pods that did not fit. */
public enum ClusterEvent {
    NODE_ADDED,
    NODE_ALLOCATABLE_CHANGED,
    NODE_LABELS_CHANGED,
    NODE_TAINTS_CHANGED,
    NODE_CHANGED,
    /** A Pod that held room is gone. */
    ASSIGNED_POD_DELETED,
    ASSIGNED_POD_ADDED,
    ASSIGNED_POD_CHANGED,
    /** The waiting Pod itself changed. */
    POD_CHANGED,
    /** Tried again after a while, whatever happened. */
    TIMEOUT
}
