package io.kubespring.storage.etcd;

import io.kubespring.storage.Store.Batch;
import io.kubespring.storage.Store.Event;
import io.kubespring.storage.StoreException;
import io.kubespring.storage.watch.WatchQueue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A watch from further back than the hub remembers: it reads a stream of its own until the hub can take it over. */
final class CatchUp implements EventStream.Sink {

    private final WatchQueue watch;
    private final EventHub hub;
    private @Nullable EventStream stream;

    CatchUp(WatchQueue watch, EventHub hub) {
        this.watch = watch;
        this.hub = hub;
    }

    void start(EventHub.Streams streams, long after) {
        EventStream own = streams.after(after, this);
        stream = own;
        own.open();
        own.expect(hub.position());
    }

    @Override
    public void events(List<Event> events, long revision) {
        watch.offer(new Batch(EventHub.under(watch.prefix(), events, 0), revision));
        watch.drain();
        if (watch.ended() || hub.join(watch, revision)) {
            end();
            watch.drain();
        }
    }

    private void end() {
        EventStream own = stream;
        if (own != null) {
            own.close();
        }
    }

    @Override
    public void resumed() {
        if (watch.ended()) {
            end();
        }
    }

    @Override
    public void compacted(long oldest) {
        watch.fail(new StoreException.Compacted(oldest));
    }
}
