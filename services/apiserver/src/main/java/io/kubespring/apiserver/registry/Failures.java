package io.kubespring.apiserver.registry;

import java.util.concurrent.CompletionException;

/** Looks through what futures wrap around a failure. */
public final class Failures {

    private Failures() {}

    public static Throwable cause(Throwable failure) {
        Throwable found = failure;
        while (found instanceof CompletionException && found.getCause() != null) {
            found = found.getCause();
        }
        return found;
    }
}
