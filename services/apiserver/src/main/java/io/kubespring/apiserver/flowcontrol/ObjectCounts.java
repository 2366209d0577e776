package io.kubespring.apiserver.flowcontrol;

/** How many objects a list would have to look at, from the watch caches; must be cheap. */
@FunctionalInterface
public interface ObjectCounts {

    /**
     * @param namespace empty for all
     * @return 0 for a resource that is not served
     */
    int count(String group, String resource, String namespace);
}
