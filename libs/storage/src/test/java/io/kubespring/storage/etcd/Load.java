package io.kubespring.storage.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.storage.RecordingSubscriber;
import io.kubespring.storage.Store;
import io.kubespring.storage.Store.Event;
import io.kubespring.storage.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writers that count upwards, a key each, and remember what was answered. */
final class Load {
    private final Store store;
    private final String prefix;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final List<Thread> writers = new ArrayList<>();
    final Map<String, Integer> answered = new HashMap<>();
    int refused;

    Load(Store store, String prefix, int keys) {
        this.store = store;
        this.prefix = prefix;
        for (int i = 0; i < keys; i++) {
            String key = prefix + i;
            writers.add(Thread.ofVirtual().start(() -> write(key)));
        }
    }

    private void write(String key) {
        int next = 1;
        while (!stopping.get()) {
            try {
                Store.Entry entry = store.get(key).join();
                byte[] value = Integer.toString(next).getBytes(StandardCharsets.UTF_8);
                if (entry == null) {
                    store.create(key, value, null).join();
                } else {
                    store.update(key, value, entry.revision(), null).join();
                }
                note(key, next);
                next++;
            } catch (CompletionException failure) {
                assertThat(failure)
                        .cause()
                        .isInstanceOfAny(
                                StoreException.Unavailable.class,
                                StoreException.Conflict.class,
                                StoreException.Exists.class);
                synchronized (this) {
                    refused++;
                }
            }
        }
    }

    private synchronized void note(String key, int value) {
        answered.put(key, value);
        notifyAll();
    }

    /** Until each key has been written so many times more. */
    synchronized void awaitWrites(int more) throws InterruptedException {
        int goal = answered.values().stream().mapToInt(Integer::intValue).sum() + more;
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (answered.values().stream().mapToInt(Integer::intValue).sum() < goal) {
            assertThat(System.nanoTime()).isLessThan(end);
            wait(100);
        }
    }

    void stop() throws InterruptedException {
        stopping.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
    }

    /** What was seen leads to what is there, and that is no older than what was answered. */
    void assertComplete(Store reader, RecordingSubscriber watcher) {
        watcher.awaitRevision(reader.currentRevision().join());
        Map<String, String> replayed = new HashMap<>();
        for (Event event : watcher.events()) {
            if (event.key().startsWith(prefix)) {
                String before = event.previous() == null ? null : text(event.previous());
                assertThat(replayed.get(event.key())).isEqualTo(before);
                replayed.put(event.key(), text(event.value()));
            }
        }
        reader.list(prefix, null, 0, 0).join().entries().forEach(entry -> {
            String value = text(entry.value());
            assertThat(replayed).containsEntry(entry.key(), value);
            assertThat(Integer.parseInt(value)).isGreaterThanOrEqualTo(answered.get(entry.key()));
        });
        assertThat(replayed.keySet()).containsAll(answered.keySet());
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
