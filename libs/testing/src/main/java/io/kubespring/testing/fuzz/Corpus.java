package io.kubespring.testing.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Inputs kept as files: seeds, and whatever found a fault once. They lie in {@code src/test/resources/fuzz/TARGET}; what is
 * no text is written in hexadecimal digits, in a file that ends in {@code .hex}.
 */
public final class Corpus {

    private static final String HEX = ".hex";

    private Corpus() {}

    /** One of them, as it is sent. */
    public record Input(String name, byte[] bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A target's inputs, in the order of their names.
     *
     * @param module a class of the module whose resources hold them
     */
    public static List<Input> of(Class<?> module, String target) {
        try (Stream<Path> files = Files.list(directory(module, target))) {
            return files.sorted().map(Corpus::read).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Input read(Path file) {
        String name = file.getFileName().toString();
        try {
            return name.endsWith(HEX)
                    ? new Input(
                            name.substring(0, name.length() - HEX.length()),
                            HexFormat.of().parseHex(Files.readString(file).replaceAll("\\s", "")))
                    : new Input(name, Files.readAllBytes(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Writes a target's inputs as they are sent, for a fuzzer that reads a directory. */
    static Path unpack(Class<?> module, String target, Path into) throws IOException {
        Path directory = Files.createDirectories(into);
        for (Input input : of(module, target)) {
            Files.write(directory.resolve(input.name()), input.bytes());
        }
        return directory;
    }

    private static Path directory(Class<?> module, String target) {
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
