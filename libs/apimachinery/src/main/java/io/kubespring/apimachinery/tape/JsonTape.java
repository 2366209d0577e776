package io.kubespring.apimachinery.tape;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where each value of a JSON document begins and ends: one scan, one array of numbers. The bytes are ours (canonical, as
 * stored or as written by our mapper), so nothing is validated beyond what the scan needs.
 *
 * <p>A node is a number. The root is {@link #ROOT}; the first child of a container is the node after it; {@link #next}
 * leads from a value past everything in it. In an object names and values alternate.
 */
public final class JsonTape {

    public static final int ROOT = 0;

    private static final int STRIDE = 3;
    private static final int ESCAPED = 0x8000_0000;

    private final byte[] json;
    private int[] places;
    private int size;
    private int at;

    private JsonTape(byte[] json, int nodes) {
        this.json = json;
        this.places = new int[nodes * STRIDE];
    }

    /** @throws IllegalArgumentException where the bytes end within a value */
    public static JsonTape of(byte[] json) {
        var tape = new JsonTape(json, Math.max(16, json.length / 12));
        try {
            tape.read();
        } catch (ArrayIndexOutOfBoundsException truncated) {
            throw new IllegalArgumentException("JSON ends within a value", truncated);
        }
        return tape;
    }

    public byte[] json() {
        return json;
    }

    /** '{', '[', '"', 't', 'f', 'n', or the first character of a number. */
    public byte type(int node) {
        return json[places[node * STRIDE]];
    }

    public boolean isNull(int node) {
        return type(node) == 'n';
    }

    /** Where the value's first byte is; of a text, its opening quote. */
    public int start(int node) {
        return places[node * STRIDE];
    }

    /** Past the value's last byte; of a text, past its closing quote. */
    public int end(int node) {
        return places[node * STRIDE + 1] & ~ESCAPED;
    }

    /** Whether a text has escapes, so that its bytes are not the text's own. */
    public boolean escaped(int node) {
        return places[node * STRIDE + 1] < 0;
    }

    /** The node after this one and all that is in it. */
    public int next(int node) {
        return places[node * STRIDE + 2];
    }

    /** Of an object or a list: the first name or item, or {@link #next} if there is none. */
    public int firstChild(int node) {
        return node + 1;
    }

    /** A text's own bytes, unescaped. */
    public byte[] textBytes(int node) {
        int from = start(node) + 1;
        int to = end(node) - 1;
        return escaped(node) ? JsonText.unescape(json, from, to) : Arrays.copyOfRange(json, from, to);
    }

    /** A text, or a scalar as it is written. */
    public String text(int node) {
        return type(node) == '"'
                ? new String(textBytes(node), StandardCharsets.UTF_8)
                : new String(json, start(node), end(node) - start(node), StandardCharsets.UTF_8);
    }

    private void read() {
        int[] open = new int[32];
        int depth = 0;
        while (true) {
            byte c = json[at];
            switch (c) {
                case ' ', '\n', '\r', '\t', ',', ':' -> at++;
                case '{', '[' -> {
                    if (depth == open.length) {
                        open = Arrays.copyOf(open, depth * 2);
                    }
                    open[depth++] = size;
                    add(at);
                    at++;
                }
                case '}', ']' -> {
                    at++;
                    int node = open[--depth];
                    close(node, at);
                }
                case '"' -> readText();
                default -> readScalar();
            }
            if (depth == 0 && size > 0) {
                return;
            }
        }
    }

    private void add(int start) {
        int place = size * STRIDE;
        if (place == places.length) {
            places = Arrays.copyOf(places, places.length * 2);
        }
        places[place] = start;
        size++;
    }

    private void close(int node, int end) {
        places[node * STRIDE + 1] = end;
        places[node * STRIDE + 2] = size;
    }

    private void readText() {
        int start = at;
        int escaped = 0;
        int place = start + 1;
        byte c;
        while ((c = json[place]) != '"') {
            if (c == '\\') {
                escaped = ESCAPED;
                place++;
            }
            place++;
        }
        at = place + 1;
        add(start);
        close(size - 1, at | escaped);
    }

    private void readScalar() {
        int start = at;
        int place = start;
        while (place < json.length && !ends(json[place])) {
            place++;
        }
        at = place;
        add(start);
        close(size - 1, at);
    }

    private static boolean ends(byte c) {
        return c == ',' || c == '}' || c == ']' || c <= ' ';
    }
}
