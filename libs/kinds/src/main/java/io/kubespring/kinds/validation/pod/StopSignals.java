package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.ArrayList;
import java.util.List;

/** The signal that ends a container (KEP-4960): which there are depends on the operating system, so that must be said. */
final class StopSignals {

    private static final List<String> WINDOWS = List.of("SIGKILL", "SIGTERM");
    private static final List<String> LINUX = linux();

    private StopSignals() {}

    static void check(Field signal, Field spec, Errors errors) {
        switch (spec.at("os", "name").text()) {
            case "" -> errors.forbidden(signal, "may not be set for containers with empty `spec.os.name`");
            case "windows" -> errors.oneOf(signal, WINDOWS);
            default -> errors.oneOf(signal, LINUX);
        }
    }

    private static List<String> linux() {
        List<String> all = new ArrayList<>(List.of(
                "SIGABRT",
                "SIGALRM",
                "SIGBUS",
                "SIGCHLD",
                "SIGCLD",
                "SIGCONT",
                "SIGFPE",
                "SIGHUP",
                "SIGILL",
                "SIGINT",
                "SIGIO",
                "SIGIOT",
                "SIGKILL",
                "SIGPIPE",
                "SIGPOLL",
                "SIGPROF",
                "SIGPWR",
                "SIGQUIT",
                "SIGSEGV",
                "SIGSTKFLT",
                "SIGSTOP",
                "SIGSYS",
                "SIGTERM",
                "SIGTRAP",
                "SIGTSTP",
                "SIGTTIN",
                "SIGTTOU",
                "SIGURG",
                "SIGUSR1",
                "SIGUSR2",
                "SIGVTALRM",
                "SIGWINCH",
                "SIGXCPU",
                "SIGXFSZ",
                "SIGRTMIN",
                "SIGRTMAX"));
        for (int i = 1; i <= 15; i++) {
            all.add("SIGRTMIN+" + i);
        }
        for (int i = 1; i <= 14; i++) {
            all.add("SIGRTMAX-" + i);
        }
        return all.stream().sorted().toList();
    }
}
