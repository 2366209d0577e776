package io.kubespring.apiserver.registry;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.admission.AdmissionChain;
import io.kubespring.apiserver.authorization.Authorizer;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.storage.Store;

/** The write side of a server over one store. */
public final class Registry {

    private final Writer writer;
    private final Deleter deleter;

    public Registry(
            Catalog catalog,
            Store store,
            AdmissionChain admission,
            StrategyRegistry strategies,
            ObjectSource objects,
            KnownEntries known,
            Authorizer authorizer,
            TimeSource time,
            RandomSource random) {
        var pipeline = new NextObject(new Machinery(catalog), admission, strategies, random);
        var beginnings = new Beginnings(store, known);
        writer = new Writer(store, beginnings, pipeline, strategies, objects, authorizer, time);
        deleter = new Deleter(store, beginnings, admission, strategies, objects, time);
    }

    public Writer writer() {
        return writer;
    }

    public Deleter deleter() {
        return deleter;
    }
}
