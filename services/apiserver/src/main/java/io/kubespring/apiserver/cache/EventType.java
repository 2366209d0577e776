package io.kubespring.apiserver.cache;

/** What a watch event says has happened. */
public enum EventType {
    ADDED,
    MODIFIED,
    DELETED
}
