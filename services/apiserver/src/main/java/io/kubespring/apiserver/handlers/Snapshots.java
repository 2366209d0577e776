package io.kubespring.apiserver.handlers;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.cache.Snapshot;
import io.kubespring.apiserver.cache.WatchCache;
import io.kubespring.apiserver.request.ListOptions;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Which state a read is answered from, by resourceVersion and resourceVersionMatch. */
final class Snapshots {

    private Snapshots() {}

    /** A GET's: as of now, any ("0"), or not older than what it says. */
    static CompletableFuture<Snapshot> forGet(WatchCache cache, ListOptions options) {
        return options.resourceVersion().isEmpty() ? cache.consistent() : cache.atLeast(options.revision());
    }

    /** A list's. A limited list of an explicit version is exact, as it always was upstream. */
    static CompletableFuture<Snapshot> forList(
            WatchCache cache, ListOptions options, @Nullable ContinueToken continued) {
        if (continued != null) {
            return ofPage(cache, options, continued);
        }
        if (options.resourceVersion().isEmpty()) {
            return cache.consistent();
        }
        boolean exact = options.resourceVersionMatch().equals(ListOptions.EXACT)
                || (options.resourceVersionMatch().isEmpty() && options.limit() > 0 && options.revision() > 0);
        return exact ? cache.snapshotAt(options.revision()) : cache.atLeast(options.revision());
    }

    private static CompletableFuture<Snapshot> ofPage(WatchCache cache, ListOptions options, ContinueToken continued) {
        if (!options.resourceVersion().isEmpty() && !options.resourceVersion().equals("0")) {
            throw StatusException.badRequest("specifying resource version is not allowed when using continue");
        }
        return continued.consistent() ? cache.snapshotAt(continued.revision(), continued::expired) : cache.consistent();
    }
}
