package io.kubespring.apiserver.authorization;

/** Decides whether a user may do something. Safe for threads, never blocks. */
@FunctionalInterface
public interface Authorizer {

    Decision authorize(Attributes attributes);
}
