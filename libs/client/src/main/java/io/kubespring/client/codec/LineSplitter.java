package io.kubespring.client.codec;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Cuts a stream of chunks into lines. One instance a stream; not safe for threads. A line is bounded in length. */
final class LineSplitter {

    private static final int MAX_LINE = 64 << 20;

    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

    /** @return the lines that this chunk completes, without their line feeds; empty lines are left out */
    List<byte[]> feed(byte[] chunk) {
        var lines = new ArrayList<byte[]>();
        int start = 0;
        for (int i = 0; i < chunk.length; i++) {
            if (chunk[i] == '\n') {
                rest.write(chunk, start, i - start);
                if (rest.size() > 0) {
                    lines.add(rest.toByteArray());
                }
                rest.reset();
                start = i + 1;
            }
        }
        rest.write(chunk, start, chunk.length - start);
        if (rest.size() > MAX_LINE) {
            throw new IllegalStateException("watch event longer than " + MAX_LINE + " bytes");
        }
        return lines;
    }
}
