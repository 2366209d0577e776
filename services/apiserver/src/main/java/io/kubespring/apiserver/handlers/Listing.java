package io.kubespring.apiserver.handlers;

import io.kubespring.apiserver.cache.Selection;
import io.kubespring.apiserver.cache.Snapshot;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.request.ListOptions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one answer, by reference, and what its metadata says.
 *
 * @param continueToken empty at the end
 * @param looked how many objects were looked at for it
 * @param remaining null where it is not told: at the end, and with selectors
 */
record Listing(
        List<StoredObject> items,
        int looked,
        long revision,
        String continueToken,
        @Nullable Integer remaining) {

    static Listing of(Snapshot snapshot, Selection selection, ListOptions options, @Nullable ContinueToken continued) {
        Iterator<StoredObject> candidates = candidates(snapshot, selection, continued);
        List<StoredObject> items = new ArrayList<>();
        // A list of any version is served whole from the cache, limit or not, as upstream does.
        boolean limited = options.limit() > 0 && !(options.resourceVersion().equals("0") && continued == null);
        long limit = limited ? options.limit() : Long.MAX_VALUE;
        int looked = 0;
        while (candidates.hasNext()) {
            StoredObject candidate = candidates.next();
            looked++;
            if (selection.matches(candidate)) {
                if (items.size() == limit) {
                    return page(snapshot, selection, items, looked, options);
                }
                items.add(candidate);
            }
        }
        return new Listing(items, looked, snapshot.revision(), "", null);
    }

    private static Iterator<StoredObject> candidates(
            Snapshot snapshot, Selection selection, @Nullable ContinueToken continued) {
        if (continued != null) {
            return snapshot.objectsFrom(selection.namespace(), continued.start());
        }
        return snapshot.objects(selection.namespace());
    }

    private static Listing page(
            Snapshot snapshot, Selection selection, List<StoredObject> items, int looked, ListOptions options) {
        String next = snapshot.relativeKey(items.getLast()) + "\0";
        boolean selects = options.labelSelector() != null || options.fieldSelector() != null;
        Integer remaining = selects ? null : snapshot.countFrom(selection.namespace(), next);
        String token = new ContinueToken(snapshot.revision(), next).encode();
        return new Listing(items, looked, snapshot.revision(), token, remaining);
    }
}
