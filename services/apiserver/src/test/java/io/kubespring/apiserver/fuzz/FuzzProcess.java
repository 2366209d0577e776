package io.kubespring.apiserver.fuzz;

import org.jspecify.annotations.Nullable;

/** What Jazzer calls, in a process of its own. */
public final class FuzzProcess {

    private static @Nullable FuzzTarget target;
    private static @Nullable Victim victim;

    private FuzzProcess() {}

    /** @param arguments the target */
    public static void fuzzerInitialize(String[] arguments) {
        target = FuzzTarget.of(arguments[0]);
        victim = new Victim();
    }

    public static void fuzzerTestOneInput(byte[] input) {
        target.check(victim, input);
    }
}
