package io.kubespring.storage.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.Compare.CompareResult;
import io.etcd.jetcd.api.Compare.CompareTarget;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.kubespring.api.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets history, by upstream's protocol, so that API servers of both makes can share an etcd: the version of the key
 * {@code compact_rev_key} is a clock that all servers try to move once an interval. Who moves it compacts to what was
 * the newest revision when the clock last moved; the others learn its time. So history is kept for one to two intervals.
 */
final class Compactor {

    static final ByteString REVISION_KEY = ByteString.copyFromUtf8("compact_rev_key");

    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

    private final Rpc rpc;
    private final TimeSource.Cancellable timer;
    private long clock;
    private long newestThen;

    Compactor(Rpc rpc, TimeSource time, Duration interval) {
        this.rpc = rpc;
        timer = interval.isPositive() ? time.scheduleAtFixedRate(interval, interval, this::turn) : () -> {};
    }

    private synchronized void turn() {
        long expected = clock;
        long revision = newestThen;
        rpc.write(KVGrpc.getTxnMethod(), tick(expected, revision)).whenComplete((answer, failure) -> {
            if (failure != null) {
                LOG.warn("Compaction of etcd is put off: {}", failure.getMessage());
            } else {
                moved(answer, expected, revision);
            }
        });
    }

    private static TxnRequest tick(long expected, long revision) {
        return TxnRequest.newBuilder()
                .addCompare(Compare.newBuilder()
                        .setKey(REVISION_KEY)
                        .setTarget(CompareTarget.VERSION)
                        .setResult(CompareResult.EQUAL)
                        .setVersion(expected))
                .addSuccess(RequestOp.newBuilder()
                        .setRequestPut(PutRequest.newBuilder()
                                .setKey(REVISION_KEY)
                                .setValue(ByteString.copyFromUtf8(Long.toString(revision)))))
                .addFailure(RequestOp.newBuilder()
                        .setRequestRange(RangeRequest.newBuilder().setKey(REVISION_KEY)))
                .build();
    }

    private void moved(TxnResponse answer, long expected, long revision) {
        synchronized (this) {
            newestThen = answer.getHeader().getRevision();
            if (!answer.getSucceeded()) {
                var found = answer.getResponses(0).getResponseRange().getKvsList();
                clock = found.isEmpty() ? 0 : found.getFirst().getVersion();
                return;
            }
            clock = expected + 1;
        }
        if (revision > 0) {
            compact(revision).whenComplete((done, failure) -> {
                if (failure == null) {
                    LOG.info("Compacted etcd to revision {}", revision);
                } else {
                    LOG.warn("Compaction of etcd to revision {} failed: {}", revision, failure.getMessage());
                }
            });
        }
    }

    CompletableFuture<Void> compact(long revision) {
        var request = CompactionRequest.newBuilder().setRevision(revision).build();
        return rpc.write(KVGrpc.getCompactMethod(), request).thenApply(done -> null);
    }

    void close() {
        timer.cancel();
    }
}
