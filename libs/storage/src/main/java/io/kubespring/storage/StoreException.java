package io.kubespring.storage;

import org.jspecify.annotations.Nullable;

/** What can go wrong in a {@link Store}; without stack trace, these are answers. */
public abstract sealed class StoreException extends RuntimeException {

    private StoreException(String message, @Nullable Throwable cause) {
        super(message, cause, false, cause != null);
    }

    /** The key to create exists. */
    public static final class Exists extends StoreException {
        public Exists(String key) {
            super("key exists: " + key, null);
        }
    }

    /** The key is not at the expected revision. */
    public static final class Conflict extends StoreException {
        private final transient Store.@Nullable Entry current;

        public Conflict(String key, Store.@Nullable Entry current) {
            super("key changed: " + key, null);
            this.current = current;
        }

        /** The entry as it is now, or null if the key does not exist. */
        public Store.@Nullable Entry current() {
            return current;
        }
    }

    /** The asked-for revision is older than the oldest kept one. */
    public static final class Compacted extends StoreException {
        private final long oldest;

        public Compacted(long oldest) {
            super("revision compacted; oldest is " + oldest, null);
            this.oldest = oldest;
        }

        public long oldest() {
            return oldest;
        }
    }

    /** The asked-for revision has not happened yet. */
    public static final class FutureRevision extends StoreException {
        public FutureRevision(long asked, long current) {
            super("revision " + asked + " is in the future; current is " + current, null);
        }
    }

    /** A watcher fell too far behind. */
    public static final class SlowWatcher extends StoreException {
        public SlowWatcher() {
            super("watcher fell too far behind", null);
        }
    }

    /** The value does not fit into one request to the store; the message is the store's. */
    public static final class TooLarge extends StoreException {
        public TooLarge(String message) {
            super(message, null);
        }
    }

    /** The store cannot be reached, is full, or is closed. The write may or may not have happened. */
    public static final class Unavailable extends StoreException {
        public Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
