package io.kubespring.apiserver.cache;

import java.util.function.Predicate;

/**
 * Which objects a reader wants.
 *
 * @param namespace empty for all
 * @param name exact {@code metadata.name}; empty for all
 * @param nodeName exact {@code spec.nodeName}; empty for all. Given apart from the filter so that an event finds the
 *     one kubelet it concerns without asking the others
 * @param filter everything else that the selectors ask (it may repeat the above)
 */
public record Selection(String namespace, String name, String nodeName, Predicate<StoredObject> filter) {

    public static final Selection ALL = new Selection("", "", "", object -> true);

    public static Selection inNamespace(String namespace) {
        return new Selection(namespace, "", "", object -> true);
    }

    public boolean matches(StoredObject object) {
        return (namespace.isEmpty() || namespace.equals(object.namespace()))
                && (name.isEmpty() || name.equals(object.name()))
                && (nodeName.isEmpty() || nodeName.equals(object.field("spec.nodeName")))
                && filter.test(object);
    }
}
