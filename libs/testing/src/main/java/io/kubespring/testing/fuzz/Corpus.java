package io.kubespring.testing.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Inputs kept as files: seeds, and whatever found a fault once. They lie in {@code src/test/resources/fuzz/TARGET}. */
public final class Corpus {

    private Corpus() {}

    /**
     * A target's inputs, in the order of their names.
     *
     * @param module a class of the module whose resources hold them
     */
    public static List<Path> of(Class<?> module, String target) {
        try (Stream<Path> files = Files.list(directory(module, target))) {
            return files.sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Path directory(Class<?> module, String target) {
        URL found = module.getResource("/fuzz/" + target);
        if (found == null) {
            throw new IllegalStateException("no corpus of " + target);
        }
        try {
            return Path.of(found.toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
