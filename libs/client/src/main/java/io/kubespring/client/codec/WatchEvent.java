package io.kubespring.client.codec;

/**
 * One change.
 *
 * @param object the object after the change; for {@link Type#DELETED} as it was last; for {@link Type#BOOKMARK} only
 *     its resourceVersion (and annotations) mean something
 */
public record WatchEvent<T>(Type type, T object) {

    /** An ERROR is never seen here: it ends the stream as a StatusException. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED,
        BOOKMARK
    }
}
