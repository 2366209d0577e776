package io.kubespring.client.controller;

/**
 * Brings the world closer to what an object asks for. Level-triggered: it looks at everything each time. Idempotent;
 * never assumes that a lister is fresh.
 *
 * @param <R> what names the work, usually {@link ObjectKey}
 */
@FunctionalInterface
public interface Reconciler<R> {

    /** An exception has the request tried again later, ever later. */
    Result reconcile(R request);
}
