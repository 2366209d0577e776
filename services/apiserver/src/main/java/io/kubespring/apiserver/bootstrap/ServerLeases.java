package io.kubespring.apiserver.bootstrap;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.allocation.StoreWait;
import io.kubespring.storage.Store;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The addresses of the API servers that share a store: a key each under upstream's {@code /registry/masterleases/}, which
 * the store forgets fifteen seconds after its server last renewed it ({@code --endpoint-reconciler-type=lease}). May block
 * its thread.
 */
public final class ServerLeases {

    private static final String PREFIX = "/registry/masterleases/";
    private static final Duration TTL = Duration.ofSeconds(15);

    private final Store store;
    private final boolean kept;

    /** @param kept false where others write the endpoints ({@code --endpoint-reconciler-type=none}) */
    public ServerLeases(Store store, boolean kept) {
        this.store = store;
        this.kept = kept;
    }

    boolean kept() {
        return kept;
    }

    void renew(String address) {
        ObjectNode lease = Json.object().put("apiVersion", "v1").put("kind", "Endpoints");
        lease.putObject("metadata").put("name", address);
        lease.putArray("subsets").addObject().putArray("addresses").addObject().put("ip", address);
        byte[] value = Json.write(lease);
        Store.Entry entry = StoreWait.on(store.get(PREFIX + address));
        StoreWait.on(
                entry == null
                        ? store.create(PREFIX + address, value, TTL)
                        : store.update(PREFIX + address, value, entry.revision(), TTL));
    }

    /** Every server that is there, in one order for all. */
    List<String> addresses() {
        return StoreWait.on(store.list(PREFIX, null, 0, 0)).entries().stream()
                .map(each -> each.key().substring(PREFIX.length()))
                .sorted()
                .toList();
    }

    void remove(String address) {
        Store.Entry entry = StoreWait.on(store.get(PREFIX + address));
        if (entry != null) {
            StoreWait.on(store.delete(entry.key(), entry.revision()));
        }
    }
}
