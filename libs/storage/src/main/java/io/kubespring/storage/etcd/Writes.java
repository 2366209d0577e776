package io.kubespring.storage.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.Compare.CompareResult;
import io.etcd.jetcd.api.Compare.CompareTarget;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.kubespring.storage.Store.Entry;
import io.kubespring.storage.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes: a transaction each, which compares the key's revision and, where it differs, reads the entry as it is. */
final class Writes {

    /** What upstream's client sends at most. */
    private static final int MAX_MESSAGE_BYTES = 2 << 20;

    /** Outside every prefix; only its revisions matter. */
    private static final ByteString FILLER = ByteString.copyFromUtf8("kubespring_advance_revision");

    private static final int FILLERS_AT_ONCE = 256;
    private static final long NO_LEASE = 0;
    private static final long ABSENT = 0;

    private final Rpc rpc;
    private final KeySpace keys;
    private final Leases leases;

    Writes(Rpc rpc, KeySpace keys, Leases leases) {
        this.rpc = rpc;
        this.keys = keys;
        this.leases = leases;
    }

    CompletableFuture<Long> create(String key, byte[] value, @Nullable Duration timeToLive) {
        ByteString name = keys.toEtcd(key);
        return leased(timeToLive, lease -> commit(put(name, value, lease).addCompare(at(name, ABSENT))))
                .thenApply(answer -> {
                    if (!answer.getSucceeded()) {
                        throw new StoreException.Exists(key);
                    }
                    return answer.getHeader().getRevision();
                });
    }

    CompletableFuture<Long> update(String key, byte[] value, long expected, @Nullable Duration timeToLive) {
        ByteString name = keys.toEtcd(key);
        return leased(
                        timeToLive,
                        lease -> commit(put(name, value, lease)
                                .addCompare(at(name, expected))
                                .addFailure(read(name))))
                .thenApply(answer -> revisionOr(key, answer));
    }

    CompletableFuture<Long> delete(String key, long expected) {
        ByteString name = keys.toEtcd(key);
        return commit(TxnRequest.newBuilder()
                        .addCompare(at(name, expected))
                        .addSuccess(RequestOp.newBuilder()
                                .setRequestDeleteRange(
                                        DeleteRangeRequest.newBuilder().setKey(name)))
                        .addFailure(read(name)))
                .thenApply(answer -> revisionOr(key, answer));
    }

    /**
     * A transaction that would write if a version were negative: it goes through consensus and quota like any write, and
     * changes nothing.
     */
    CompletableFuture<Void> check() {
        ByteString name = keys.nothing();
        return commit(put(name, new byte[0], NO_LEASE)
                        .addCompare(Compare.newBuilder()
                                .setKey(name)
                                .setTarget(CompareTarget.VERSION)
                                .setResult(CompareResult.LESS)
                                .setVersion(0)))
                .thenApply(answer -> null);
    }

    /** Gives the watches of our prefix an event. */
    CompletableFuture<Long> mark() {
        return commit(put(keys.mark(), new byte[0], NO_LEASE))
                .thenApply(answer -> answer.getHeader().getRevision());
    }

    /** etcd counts transactions, so each revision that is left out is one, with a value of no bytes. */
    CompletableFuture<Long> advance(long target) {
        return fill(target, 1);
    }

    private CompletableFuture<Long> fill(long target, int count) {
        var fillers = new ArrayList<CompletableFuture<Long>>(count);
        for (int each = 0; each < count; each++) {
            fillers.add(commit(put(FILLER, new byte[0], NO_LEASE))
                    .thenApply(answer -> answer.getHeader().getRevision()));
        }
        return CompletableFuture.allOf(fillers.toArray(CompletableFuture[]::new))
                .thenCompose(done -> {
                    long reached = fillers.stream()
                            .mapToLong(CompletableFuture::join)
                            .max()
                            .orElseThrow();
                    return reached >= target
                            ? CompletableFuture.completedFuture(reached)
                            : fill(target, (int) Math.min(FILLERS_AT_ONCE, target - reached));
                });
    }

    private static long revisionOr(String key, TxnResponse answer) {
        if (answer.getSucceeded()) {
            return answer.getHeader().getRevision();
        }
        var found = answer.getResponses(0).getResponseRange().getKvsList();
        Entry current = Entries.first(key, found);
        throw new StoreException.Conflict(key, current);
    }

    private static Compare.Builder at(ByteString key, long revision) {
        return Compare.newBuilder()
                .setKey(key)
                .setTarget(CompareTarget.MOD)
                .setResult(CompareResult.EQUAL)
                .setModRevision(revision);
    }

    private static TxnRequest.Builder put(ByteString key, byte[] value, long lease) {
        return TxnRequest.newBuilder()
                .addSuccess(RequestOp.newBuilder()
                        .setRequestPut(PutRequest.newBuilder()
                                .setKey(key)
                                .setValue(KeySpace.wrap(value))
                                .setLease(lease)));
    }

    private static RequestOp.Builder read(ByteString key) {
        return RequestOp.newBuilder().setRequestRange(RangeRequest.newBuilder().setKey(key));
    }

    private CompletableFuture<TxnResponse> commit(TxnRequest.Builder transaction) {
        TxnRequest request = transaction.build();
        if (request.getSerializedSize() > MAX_MESSAGE_BYTES) {
            return CompletableFuture.failedFuture(
                    new StoreException.TooLarge("rpc error: code = ResourceExhausted desc = trying to send message "
                            + "larger than max (" + request.getSerializedSize() + " vs. " + MAX_MESSAGE_BYTES + ")"));
        }
        return rpc.write(KVGrpc.getTxnMethod(), request);
    }

    /** Writes under a lease, and once more under a new one if that has just ended. */
    private CompletableFuture<TxnResponse> leased(
            @Nullable Duration timeToLive, Function<Long, CompletableFuture<TxnResponse>> write) {
        if (timeToLive == null) {
            return write.apply(NO_LEASE);
        }
        return leases.lease(timeToLive).thenCompose(write).exceptionallyCompose(failure -> {
            if (!(failure instanceof CompletionException wrapped)
                    || !(wrapped.getCause() instanceof EtcdErrors.LeaseGone)) {
                return CompletableFuture.failedFuture(failure);
            }
            leases.forget();
            return leases.lease(timeToLive).thenCompose(write);
        });
    }
}
