package io.kubespring.storage.etcd;

import com.google.protobuf.ByteString;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which keys are watched, and therefore what tells that everything up to a revision has been seen. All keys, as long as
 * etcd lets us: then each revision brings an event. Where our user's role has our prefix only, revisions of others bring
 * none; members whose version can be trusted with it are asked for the progress of the watch, older ones bring the event
 * of a write of ours. It changes once, from wide to narrow, for all streams of a store.
 */
final class WatchScope {

    private static final Logger LOG = LoggerFactory.getLogger(WatchScope.class);

    /** How a stream learns of revisions that change nothing of ours. */
    enum Progress {
        /** All keys are watched. */
        EVENTS,
        /** {@code WatchProgressRequest}. */
        REQUESTS,
        /** A key of ours is written, through consensus as every read of the newest revision is. */
        WRITES
    }

    private final KeySpace keys;
    private final Supplier<CompletableFuture<Boolean>> trusted;
    private final Runnable write;
    private volatile Progress progress = Progress.EVENTS;

    /**
     * @param trusted whether progress can be asked of every member
     * @param write of a key under our prefix
     */
    WatchScope(KeySpace keys, Supplier<CompletableFuture<Boolean>> trusted, Runnable write) {
        this.keys = keys;
        this.trusted = trusted;
        this.write = write;
    }

    Progress progress() {
        return progress;
    }

    ByteString first() {
        return progress == Progress.EVENTS ? KeySpace.ZERO : keys.first();
    }

    ByteString end() {
        return progress == Progress.EVENTS ? KeySpace.ZERO : keys.end();
    }

    void write() {
        write.run();
    }

    /**
     * etcd has refused a watch.
     *
     * @return whether it is worth asking for less
     */
    boolean refused(String reason) {
        if (!EtcdErrors.denied(reason)) {
            return false;
        }
        synchronized (this) {
            if (progress != Progress.EVENTS) {
                return false;
            }
            progress = Progress.WRITES;
        }
        LOG.info("etcd lets us watch nothing but {}: consistent reads wait for a write of ours", keys.prefix());
        trusted.get().thenAccept(all -> {
            if (all) {
                progress = Progress.REQUESTS;
                LOG.info("etcd tells how far a watch is: consistent reads wait for that");
            }
        });
        return true;
    }
}
