package io.kubespring.testing.etcd;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One etcd member on free ports of the loopback interface and with a disk of its own, so that its fsync is real: in a
 * container where a Docker engine answers, else a process ({@link EtcdHosting}). It ends with the test's process at the
 * latest.
 */
public interface EtcdServer extends AutoCloseable {

    /** Started, and answering. */
    static EtcdServer start(String... flags) {
        return start(new Setup(false, null, List.of(flags)));
    }

    /** The same in memory: for tests that write much, ask nothing of durability, and do not kill it. */
    static EtcdServer startInMemory(String... flags) {
        return start(new Setup(true, null, List.of(flags)));
    }

    /** The same with TLS: clients must show a certificate of {@code ca}. */
    static EtcdServer startWithTls(Path ca, Path certificate, Path key) {
        return start(new Setup(false, new Tls(ca, certificate, key), List.of()));
    }

    private static EtcdServer start(Setup setup) {
        return EtcdHosting.chosen().start(setup);
    }

    record Tls(Path ca, Path certificate, Path key) {}

    /** @param flags more of etcd's own */
    record Setup(boolean inMemory, @Nullable Tls tls, List<String> flags) {

        String scheme() {
            return tls == null ? "http" : "https";
        }
    }

    /** "http://127.0.0.1:port"; https with TLS. */
    String endpoint();

    /** The client port. */
    int port();

    /** As "etcd --version" says it, such as "3.4.23". */
    String version();

    /** Whether it says that it leads its cluster; false if it does not answer. */
    boolean leads();

    /** SIGKILL. */
    void kill();

    /** Connections stay, nothing answers. */
    void pause();

    /** After a pause. */
    void resume();

    /** Starts again what was killed, on the same data and ports, and waits until it answers. */
    void restart();

    /** Takes everything it knows from one that was killed: an etcd that was set up anew. */
    void wipe();

    /** The end of it and its data. */
    @Override
    void close();
}
