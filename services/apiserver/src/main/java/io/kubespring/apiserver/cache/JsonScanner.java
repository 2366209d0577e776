package io.kubespring.apiserver.cache;

import io.kubespring.api.json.Swar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over the bytes of well-formed JSON (ours, from the store), skipping what is not asked for without making
 * anything of it.
 */
final class JsonScanner {

    private final byte[] json;
    private int place;
    private int nameStart;
    private int nameEnd;

    JsonScanner(byte[] json) {
        this.json = json;
    }

    /** Where the next byte will be read. */
    int place() {
        return place;
    }

    /** Steps into the object that comes next; false (and nothing moves) if something else comes. */
    boolean enterObject() {
        skipSpace();
        if (json[place] != '{') {
            return false;
        }
        place++;
        return true;
    }

    /** Moves to the value of the next field, or out of the object and returns false. */
    boolean nextField() {
        skipSpace();
        if (json[place] == ',') {
            place++;
            skipSpace();
        }
        if (json[place] == '}') {
            place++;
            return false;
        }
        nameStart = place + 1;
        skipString();
        nameEnd = place - 1;
        skipSpace();
        place++;
        return true;
    }

    boolean nameIs(byte[] name) {
        return Arrays.equals(json, nameStart, nameEnd, name, 0, name.length);
    }

    String name() {
        return text(nameStart, nameEnd);
    }

    /** A string's content or a number's or boolean's literal; empty for anything else. */
    String readScalar() {
        skipSpace();
        int start = place;
        byte first = json[start];
        skipValue();
        return switch (first) {
            case '"' -> text(start + 1, place - 1);
            case '{', '[', 'n' -> "";
            default -> text(start, place);
        };
    }

    private String text(int start, int end) {
        for (int i = start; i < end; i++) {
            if (json[i] == '\\') {
                return JsonEscapes.decode(json, start, end);
            }
        }
        return Interned.text(json, start, end);
    }

    void skipValue() {
        skipSpace();
        switch (json[place]) {
            case '"' -> skipString();
            case '{', '[' -> skipNested();
            default -> skipLiteral();
        }
    }

    private void skipNested() {
        int depth = 0;
        do {
            switch (json[place]) {
                case '"' -> {
                    skipString();
                    continue;
                }
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {
                    // Between tokens nothing else matters.
                }
            }
            place++;
        } while (depth > 0);
    }

    private void skipString() {
        place = Swar.stringEnd(json, place + 1) + 1;
    }

    private void skipLiteral() {
        while (place < json.length && ",}] \n\r\t".indexOf(json[place]) < 0) {
            place++;
        }
    }

    private void skipSpace() {
        while (json[place] == ' ' || json[place] == '\n' || json[place] == '\r' || json[place] == '\t') {
            place++;
        }
    }

    /** The bytes of a field's name, for {@link #nameIs}. */
    static byte[] nameBytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
