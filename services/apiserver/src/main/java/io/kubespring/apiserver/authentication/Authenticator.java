package io.kubespring.apiserver.authentication;

/** One way to prove who somebody is. Safe for threads, never blocks. */
@FunctionalInterface
public interface Authenticator {

    Authentication authenticate(Credentials credentials);
}
