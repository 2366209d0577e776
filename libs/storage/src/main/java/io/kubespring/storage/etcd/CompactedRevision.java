package io.kubespring.storage.etcd;

import io.etcd.jetcd.api.WatchResponse;
import io.grpc.Channel;
import io.grpc.Status;
import io.kubespring.api.time.TimeSource;
import io.kubespring.storage.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Explains why a revision is not served. A range says only that, a watch says what the oldest revision is: so a watch is
 * opened for a moment.
 */
final class CompactedRevision {

    private final Channel channel;
    private final Executor executor;
    private final RevisionReads revisions;
    private final WatchScope scope;
    private final TimeSource time;
    private final Duration timeout;

    CompactedRevision(
            Channel channel,
            Executor executor,
            WatchScope scope,
            RevisionReads revisions,
            TimeSource time,
            Duration timeout) {
        this.channel = channel;
        this.executor = executor;
        this.scope = scope;
        this.revisions = revisions;
        this.time = time;
        this.timeout = timeout;
    }

    CompletableFuture<StoreException> explain(long asked) {
        return revisions
                .read()
                .thenCompose(current -> asked > current
                        ? CompletableFuture.completedFuture(new StoreException.FutureRevision(asked, current))
                        : oldest(asked, current).thenApply(StoreException.Compacted::new));
    }

    private CompletableFuture<Long> oldest(long asked, long current) {
        var oldest = new CompletableFuture<Long>();
        WatchCall probe = WatchCall.open(channel, executor, scope, Math.max(1, asked), new WatchCall.Handler() {
            @Override
            public void response(WatchResponse response) {
                if (response.getCompactRevision() > 0) {
                    oldest.complete(response.getCompactRevision());
                } else if (response.getCanceled()) {
                    scope.refused(response.getCancelReason());
                    oldest.complete(current);
                } else if (!response.getCreated()) {
                    oldest.complete(asked);
                }
            }

            @Override
            public void closed(Status status) {
                oldest.complete(current);
            }
        });
        TimeSource.Cancellable limit = time.schedule(timeout, () -> oldest.complete(current));
        oldest.whenComplete((revision, failure) -> {
            limit.cancel();
            probe.cancel();
        });
        return oldest;
    }
}
