package io.kubespring.node.proc;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads a kernel parameter. These files claim to be empty and answer one read only, so the JDK's own way, which asks for a
 * single byte first, would see no more than the first digit.
 */
public final class ProcFile {

    private static final int LARGEST = 4096;

    private ProcFile() {}

    /** The content without surrounding white space. */
    public static String read(Path file) throws IOException {
        byte[] buffer = new byte[LARGEST];
        try (var in = new FileInputStream(file.toFile())) {
            int length = in.read(buffer);
            return length <= 0 ? "" : new String(buffer, 0, length, StandardCharsets.US_ASCII).strip();
        }
    }
}
