package io.kubespring.testing.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Coverage-guided fuzzing in a process of its own, since Jazzer takes a whole one: it starts from the corpus, grows one in
 * {@code target/fuzz} that the next run goes on from, and stops at the first fault, whose input it leaves there to be
 * copied into the corpus. Faults are exceptions, endless inputs and a heap of more than a gigabyte.
 *
 * <p>System properties: {@code fuzz.seconds} (of each target, 60), {@code fuzz.only} (the name of one target).
 */
public final class Jazzer {

    private static final String DRIVER = "com.code_intelligence.jazzer.Jazzer";
    private static final int LONGEST_INPUT_SECONDS = 60;
    private static final int LARGEST_INPUT = 16_384;

    private Jazzer() {}

    /**
     * Runs one target to its end.
     *
     * @param entry has {@code static void fuzzerInitialize(String[])}, which is given the target's name, and
     *     {@code static void fuzzerTestOneInput(byte[])}
     * @param instrumented packages whose branches are to be found ("io.kubespring.**")
     * @throws AssertionError with the report where something was found
     */
    public static void run(Class<?> entry, String target, List<String> instrumented)
            throws IOException, InterruptedException {
        String only = System.getProperty("fuzz.only", target);
        if (!only.equals(target)) {
            return;
        }
        Path work = Files.createDirectories(Path.of("target", "fuzz", target).toAbsolutePath());
        Path grown = Files.createDirectories(work.resolve("corpus"));
        Path log = work.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                DRIVER,
                "--target_class=" + entry.getName(),
                "--target_args=" + target,
                "--instrumentation_includes=" + String.join(":", instrumented),
                "--custom_hook_includes=" + String.join(":", instrumented),
                "--reproducer_path=" + work,
                "-artifact_prefix=" + work + "/",
                "-max_total_time=" + Integer.getInteger("fuzz.seconds", 60),
                "-timeout=" + LONGEST_INPUT_SECONDS,
                "-max_len=" + LARGEST_INPUT,
                "-rss_limit_mb=3072",
                grown.toString(),
                Corpus.unpack(entry, target, work.resolve("seeds")).toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new AssertionError(target + ": see " + log + "\n" + end(log));
            }
        } finally {
            process.destroy();
        }
    }

    private static String end(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 60), all.size()));
        }
    }
}
