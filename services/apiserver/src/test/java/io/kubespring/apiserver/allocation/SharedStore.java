package io.kubespring.apiserver.allocation;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.ApiServerCore;
import io.kubespring.apiserver.TestServer;
import io.kubespring.client.KubeClient;
import io.kubespring.storage.Store;
import io.kubespring.storage.memory.MemoryStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** Several API servers over one store that outlives each of them. */
final class SharedStore implements AutoCloseable {

    final Store store = MemoryStore.create(SystemTime.instance());
    private final List<ApiServerCore> cores = new ArrayList<>();

    ApiServerCore server(ApiServerConfig config) {
        var time = SystemTime.instance();
        var core = new ApiServerCore(config, unclosed(), time, RandomSource.system(), new SimpleMeterRegistry());
        core.start();
        TestServer.await(core::ready);
        cores.add(core);
        return core;
    }

    static KubeClient client(ApiServerCore core) {
        return KubeClient.over(core.transport("admin", "system:masters"), SystemTime.instance());
    }

    private Store unclosed() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    @Override
    public void close() {
        cores.forEach(ApiServerCore::close);
        store.close();
    }
}
