package io.kubespring.node.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The list of what was changed on this machine, written before each change is made, so that reset can undo exactly that.
 * One line an entry, {@code kind key=value}; the first value recorded for a key wins, because it is the original one.
 */
public final class Inventory {

    /** What can be undone. */
    public enum Kind {
        /** A sysctl with its former value. */
        SYSCTL,
        /** A route that keeps packets on the machine. */
        ROUTE,
        /** A directory or file that did not exist before. */
        PATH,
        /** The name of the node, by which agents recognise their own rules. */
        NODE
    }

    private final Path file;

    public Inventory(Path file) {
        this.file = file;
    }

    public synchronized void record(Kind kind, String key, String value) {
        if (value(kind, key) != null) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(
                    file,
                    kind + " " + key + "=" + value + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.SYNC);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + file, failure);
        }
    }

    /** Records those of the paths that do not exist yet: about to be made, and ours. */
    public void recordNewPaths(Path... paths) {
        for (Path each : paths) {
            if (!Files.exists(each)) {
                record(Kind.PATH, each.toString(), "made");
            }
        }
    }

    /** The recorded value, or null. */
    public @Nullable String value(Kind kind, String key) {
        return entries(kind).get(key);
    }

    /** Key to value, in the order they were recorded. */
    public synchronized Map<String, String> entries(Kind kind) {
        Map<String, String> result = new LinkedHashMap<>();
        String prefix = kind + " ";
        for (String line : lines()) {
            int equals = line.indexOf('=');
            if (line.startsWith(prefix) && equals > 0) {
                result.putIfAbsent(line.substring(prefix.length(), equals), line.substring(equals + 1));
            }
        }
        return result;
    }

    private List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }
}
