package io.kubespring.apiserver.shell;

import io.kubespring.api.time.TimeSource;
import io.kubespring.storage.Store;
import io.kubespring.storage.etcd.EtcdOptions;
import io.kubespring.storage.etcd.EtcdStore;
import io.kubespring.storage.memory.MemoryStore;
import io.kubespring.storage.sqlite.SqliteStore;
import java.net.URI;
import java.nio.file.Path;

/** The store that the flags ask for: etcd where servers of it are named, else the embedded one. */
final class Stores {

    private Stores() {}

    /** @throws IllegalArgumentException naming the flag that is wrong */
    static Store open(ApiServerProperties flags, TimeSource time) {
        if (!flags.etcdServers().isEmpty()) {
            return EtcdStore.open(etcd(flags), time);
        }
        return flags.storageFile().equals("memory")
                ? MemoryStore.create(time)
                : SqliteStore.open(Path.of(flags.storageFile()), time);
    }

    private static EtcdOptions etcd(ApiServerProperties flags) {
        return new EtcdOptions(
                flags.etcdServers().stream().map(URI::create).toList(),
                flags.etcdCafile(),
                flags.etcdCertfile(),
                flags.etcdKeyfile(),
                flags.etcdPrefix(),
                flags.etcdCompactionInterval(),
                EtcdOptions.DEFAULT_TIMEOUT);
    }
}
