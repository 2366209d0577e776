package io.kubespring.kubelet.server.stream;

import org.jspecify.annotations.Nullable;

/** What Jazzer calls, in a process of its own. */
public final class FramingFuzz {

    private static @Nullable FramingTarget target;

    private FramingFuzz() {}

    /** @param arguments the target */
    public static void fuzzerInitialize(String[] arguments) {
        target = FramingTarget.of(arguments[0]);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        target.check(input);
    }
}
