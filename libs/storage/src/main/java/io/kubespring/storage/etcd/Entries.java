package io.kubespring.storage.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.kubespring.storage.Store.Entry;
import io.kubespring.storage.Store.Page;
import io.kubespring.storage.StoreException;
import io.kubespring.storage.tree.ImmutableTree;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries. A list is asked for in pieces, all of the first one's revision, so that neither side holds a large
 * answer in one message.
 */
final class Entries {

    private static final int PIECE = 500;

    /** How often a list begins again because what it was reading has been compacted. */
    private static final int RESTARTS = 3;

    private final Rpc rpc;
    private final KeySpace keys;
    private final CompactedRevision compacted;

    Entries(Rpc rpc, KeySpace keys, CompactedRevision compacted) {
        this.rpc = rpc;
        this.keys = keys;
        this.compacted = compacted;
    }

    static @Nullable Entry first(String key, List<KeyValue> found) {
        return found.isEmpty() ? null : entry(key, found.getFirst());
    }

    private static Entry entry(String key, KeyValue found) {
        return new Entry(key, found.getValue().toByteArray(), found.getModRevision());
    }

    CompletableFuture<@Nullable Entry> get(String key) {
        var request = RangeRequest.newBuilder().setKey(keys.toEtcd(key)).build();
        return rpc.read(KVGrpc.getRangeMethod(), request).thenApply(answer -> first(key, answer.getKvsList()));
    }

    CompletableFuture<Long> count(String prefix) {
        var request = RangeRequest.newBuilder()
                .setKey(keys.toEtcd(prefix))
                .setRangeEnd(keys.toEtcd(ImmutableTree.prefixEnd(prefix)))
                .setCountOnly(true)
                .build();
        return rpc.read(KVGrpc.getRangeMethod(), request).thenApply(RangeResponse::getCount);
    }

    CompletableFuture<Page> list(String prefix, @Nullable String startKey, int limit, long revision) {
        String start = startKey == null || startKey.compareTo(prefix) < 0 ? prefix : startKey;
        return new Listing(keys.toEtcd(start), keys.toEtcd(ImmutableTree.prefixEnd(prefix)), limit, revision).run();
    }

    private final class Listing {
        private final ByteString start;
        private final ByteString end;
        private final int limit;
        private final long asked;
        private final CompletableFuture<Page> page = new CompletableFuture<>();
        private final List<Entry> entries = new ArrayList<>();
        private long revision;
        private long total;
        private int piece = PIECE;
        private int restarts;

        Listing(ByteString start, ByteString end, int limit, long asked) {
            this.start = start;
            this.end = end;
            this.limit = limit;
            this.asked = asked;
        }

        CompletableFuture<Page> run() {
            revision = asked;
            total = -1;
            entries.clear();
            next(start);
            return page;
        }

        private void next(ByteString from) {
            var request = RangeRequest.newBuilder()
                    .setKey(from)
                    .setRangeEnd(end)
                    .setRevision(revision)
                    .setLimit(limit == 0 ? piece : Math.min(piece, limit - entries.size()))
                    .build();
            rpc.read(KVGrpc.getRangeMethod(), request).whenComplete((answer, failure) -> {
                if (failure == null) {
                    take(answer);
                } else {
                    failed(from, failure);
                }
            });
        }

        private void take(RangeResponse answer) {
            revision = revision == 0 ? answer.getHeader().getRevision() : revision;
            total = total < 0 ? answer.getCount() : total;
            ByteString last = null;
            for (KeyValue found : answer.getKvsList()) {
                last = found.getKey();
                String key = keys.fromEtcd(last);
                if (key != null) {
                    entries.add(entry(key, found));
                }
            }
            boolean full = limit != 0 && entries.size() >= limit;
            if (last == null || !answer.getMore() || full) {
                page.complete(new Page(entries, revision, Math.max(0, total - entries.size())));
            } else {
                next(last.concat(ByteString.copyFrom(new byte[1])));
            }
        }

        private void failed(ByteString from, Throwable failure) {
            if (failure instanceof EtcdErrors.AnswerTooLarge && piece > 1) {
                piece = Math.max(1, piece / 4);
                next(from);
            } else if (!(failure instanceof EtcdErrors.RevisionGone)) {
                page.completeExceptionally(failure);
            } else if (asked == 0 && restarts++ < RESTARTS) {
                run();
            } else {
                compacted
                        .explain(revision)
                        .whenComplete((known, unknown) -> page.completeExceptionally(
                                known == null
                                        ? new StoreException.Unavailable("etcd: " + failure.getMessage(), unknown)
                                        : known));
            }
        }
    }
}
