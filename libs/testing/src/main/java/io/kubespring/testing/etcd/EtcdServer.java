package io.kubespring.testing.etcd;

import java.nio.file.Path;
import java.util.List;

/**
 * One etcd member of its own, on free ports of the loopback interface and on a folder of its own on the disk, so that its
 * fsync is real. It ends with the test's process at the latest.
 */
public interface EtcdServer extends AutoCloseable {

    /** Started, and answering. */
    static EtcdServer start(String... flags) {
        return LocalEtcd.start(false, null, List.of(flags));
    }

    /** The same in memory: for tests that write much and ask nothing of durability. */
    static EtcdServer startInMemory(String... flags) {
        return LocalEtcd.start(true, null, List.of(flags));
    }

    /** The same with TLS: clients must show a certificate of {@code ca}. */
    static EtcdServer startWithTls(Path ca, Path certificate, Path key) {
        return LocalEtcd.start(false, new Tls(ca, certificate, key), List.of());
    }

    record Tls(Path ca, Path certificate, Path key) {}

    /** "http://127.0.0.1:port"; https with TLS. */
    String endpoint();

    /** The client port. */
    int port();

    /** As "etcd --version" says it, such as "3.4.23". */
    String version();

    /** SIGKILL. */
    void kill();

    /** SIGSTOP: connections stay, nothing answers. */
    void pause();

    /** SIGCONT. */
    void resume();

    /** Starts again what was killed, on the same data and ports, and waits until it answers. */
    void restart();

    /** Takes everything it knows from one that was killed: an etcd that was set up anew. */
    void wipe();

    /** The end of it and its data. */
    @Override
    void close();
}
