package io.kubespring.apiserver.cache;

import io.kubespring.storage.history.View;
import io.kubespring.storage.tree.ImmutableTree;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * All objects of a resource as of one revision. Immutable; holding it holds no lock.
 *
 * <p>Places in it are relative keys: "namespace/name", or "name" for what lives in no namespace; a continue token that
 * resumes after an object starts at its relative key followed by a NUL.
 */
public final class Snapshot {

    private final String prefix;
    private final View<StoredObject> view;

    /** @param prefix of all keys, with trailing slash */
    Snapshot(String prefix, View<StoredObject> view) {
        this.prefix = prefix;
        this.view = view;
    }

    /** The same instance for as long as no object of the resource changed. */
    public Object changeToken() {
        return view.tree();
    }

    public long revision() {
        return view.revision();
    }

    /** @param namespace empty for what lives in no namespace */
    public @Nullable StoredObject get(String namespace, String name) {
        return view.tree().get(prefix + (namespace.isEmpty() ? name : namespace + "/" + name));
    }

    public int size() {
        return view.tree().size();
    }

    /** The objects of a namespace (empty for all) in key order. */
    public Iterator<StoredObject> objects(String namespace) {
        return view.tree().prefix(scope(namespace));
    }

    /** As {@link #objects}, from a relative key on. */
    public Iterator<StoredObject> objectsFrom(String namespace, String relativeStart) {
        return view.tree().range(start(namespace, relativeStart), ImmutableTree.prefixEnd(scope(namespace)));
    }

    /** How many objects {@link #objectsFrom} gives. */
    public int countFrom(String namespace, String relativeStart) {
        int end = view.tree().rank(ImmutableTree.prefixEnd(scope(namespace)));
        return Math.max(0, end - view.tree().rank(start(namespace, relativeStart)));
    }

    /** The place of an object, for a continue token. */
    public String relativeKey(StoredObject object) {
        return object.key().substring(prefix.length());
    }

    private String start(String namespace, String relativeStart) {
        String start = prefix + relativeStart;
        String scope = scope(namespace);
        return start.compareTo(scope) < 0 ? scope : start;
    }

    private String scope(String namespace) {
        return namespace.isEmpty() ? prefix : prefix + namespace + "/";
    }
}
