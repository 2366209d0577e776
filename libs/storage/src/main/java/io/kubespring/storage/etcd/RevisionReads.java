package io.kubespring.storage.etcd;

import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.RangeRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The newest revision, by a quorum read. Those who ask while one is under way share the next one, which begins after they
 * asked: a thousand readers cost etcd no more than a few.
 */
final class RevisionReads {

    private final Rpc rpc;
    private final RangeRequest request;
    private final LongConsumer known;
    private @Nullable CompletableFuture<Long> next;
    private boolean asking;

    /** @param known told of each revision that was read */
    RevisionReads(Rpc rpc, KeySpace keys, LongConsumer known) {
        this.rpc = rpc;
        this.known = known;
        // The answer's header is what counts.
        request = RangeRequest.newBuilder()
                .setKey(keys.nothing())
                .setCountOnly(true)
                .build();
    }

    CompletableFuture<Long> read() {
        CompletableFuture<Long> mine;
        synchronized (this) {
            if (asking) {
                next = next == null ? new CompletableFuture<>() : next;
                return next.copy();
            }
            asking = true;
            mine = new CompletableFuture<>();
        }
        ask(mine);
        return mine.copy();
    }

    private void ask(CompletableFuture<Long> waiting) {
        rpc.read(KVGrpc.getRangeMethod(), request).whenComplete((answer, failure) -> {
            CompletableFuture<Long> following;
            synchronized (this) {
                following = next;
                next = null;
                asking = following != null;
            }
            if (following != null) {
                ask(following);
            }
            if (failure == null) {
                long revision = answer.getHeader().getRevision();
                known.accept(revision);
                waiting.complete(revision);
            } else {
                waiting.completeExceptionally(failure);
            }
        });
    }
}
