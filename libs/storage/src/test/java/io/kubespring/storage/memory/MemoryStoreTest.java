package io.kubespring.storage.memory;

import io.kubespring.storage.Store;
import io.kubespring.storage.StoreCompatibilityKit;

class MemoryStoreTest extends StoreCompatibilityKit {

    @Override
    protected Store open() {
        return MemoryStore.create(time);
    }
}
