package io.kubespring.storage.memory;

import io.kubespring.storage.EmbeddedStoreKit;
import io.kubespring.storage.Store;

class MemoryStoreTest extends EmbeddedStoreKit {

    @Override
    protected Store open() {
        return MemoryStore.create(time);
    }
}
