package io.kubespring.api.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads the JSON that clients of Kubernetes send and that we store, several times as fast as a general parser: short texts
 * are shared, and so is {@code metadata.managedFields[*].fieldsV1}. It knows the plain forms only and declines everything
 * else (malformed text, fields that stand twice, fractions, huge numbers, deep nesting), which Jackson then reads or refuses
 * in its own words: what both read is the same.
 */
final class TreeReader {

    private static final int MAX_DEPTH = 100;
    private static final int MAX_NAME = 1_000;
    private static final int MAX_DIGITS = 18;
    private static final byte[] FIELDS = "fieldsV1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] METADATA = "metadata".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MANAGED_FIELDS = "managedFields".getBytes(StandardCharsets.US_ASCII);
    /** metadata, managedFields, an entry. */
    private static final int FIELDS_DEPTH = 4;

    private final JsonNodeFactory nodes = CompactNodes.INSTANCE;
    private final byte[] json;
    private int at;
    private int depth;
    private boolean inMetadata;
    private boolean inManagedFields;
    private byte[] unescaped = {};

    private TreeReader(byte[] json) {
        this.json = json;
    }

    /** Thrown without a stack trace: declining costs little. */
    private static final class Declined extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final Declined INSTANCE = new Declined();

        private Declined() {
            super(null, null, false, false);
        }
    }

    /** The tree, or null if Jackson has to say what it is. */
    static @Nullable JsonNode read(byte[] json) {
        try {
            var reader = new TreeReader(json);
            JsonNode value = reader.value(reader.next());
            reader.requireEnd();
            return value;
        } catch (Declined | ArrayIndexOutOfBoundsException notPlain) {
            return null;
        }
    }

    private void requireEnd() {
        for (; at < json.length; at++) {
            byte each = json[at];
            if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
                throw Declined.INSTANCE;
            }
        }
    }

    /** The next byte that is no space; it is consumed. */
    private byte next() {
        byte each = json[at++];
        while (each <= ' ') {
            if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
                throw Declined.INSTANCE;
            }
            each = json[at++];
        }
        return each;
    }

    private JsonNode value(byte first) {
        return switch (first) {
            case '{' -> object();
            case '[' -> list();
            case '"' -> string();
            case 't' -> literal("true", nodes.booleanNode(true));
            case 'f' -> literal("false", nodes.booleanNode(false));
            case 'n' -> literal("null", nodes.nullNode());
            default -> number(first);
        };
    }

    private JsonNode literal(String text, JsonNode value) {
        for (int i = 1; i < text.length(); i++) {
            if (json[at++] != text.charAt(i)) {
                throw Declined.INSTANCE;
            }
        }
        return value;
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw Declined.INSTANCE;
        }
    }

    private ObjectNode object() {
        enter();
        ObjectNode object = nodes.objectNode();
        byte token = next();
        if (token == '}') {
            depth--;
            return object;
        }
        while (true) {
            if (token != '"') {
                throw Declined.INSTANCE;
            }
            int nameStart = at;
            String name = name();
            int nameEnd = at - 1;
            if (next() != ':') {
                throw Declined.INSTANCE;
            }
            boolean metadata = depth == 1 && is(METADATA, nameStart, nameEnd);
            boolean managed = inMetadata && depth == 2 && is(MANAGED_FIELDS, nameStart, nameEnd);
            inMetadata |= metadata;
            inManagedFields |= managed;
            // One call of value(): each would be a copy of the whole reader to the compiler.
            JsonNode value = inManagedFields && depth == FIELDS_DEPTH && is(FIELDS, nameStart, nameEnd)
                    ? fields()
                    : value(next());
            inMetadata &= !metadata;
            inManagedFields &= !managed;
            if (object.replace(name, value) != null) {
                throw Declined.INSTANCE;
            }
            token = next();
            if (token == '}') {
                depth--;
                return object;
            }
            if (token != ',') {
                throw Declined.INSTANCE;
            }
            token = next();
        }
    }

    private boolean is(byte[] name, int from, int to) {
        return to - from == name.length && Arrays.equals(name, 0, name.length, json, from, to);
    }

    /** What one manager owns: mostly seen before, in another object of the same make. */
    private JsonNode fields() {
        byte first = next();
        int start = at - 1;
        if (first != '{') {
            return value(first);
        }
        int end = endOfObject();
        int length = end - start;
        if (length < SharedObjects.MIN_LENGTH || length > SharedObjects.MAX_LENGTH) {
            return value(first);
        }
        int hash = SharedObjects.hash(json, start, end);
        SharedObject known = SharedObjects.find(hash, json, start, end);
        if (known != null) {
            at = end;
            return known;
        }
        JsonNode read = value(first);
        if (at != end) {
            throw Declined.INSTANCE;
        }
        if (!SharedObjects.metBefore(hash)) {
            return read;
        }
        var shared = SharedObject.of((ObjectNode) read, Arrays.copyOfRange(json, start, end));
        SharedObjects.keep(hash, shared);
        return shared;
    }

    /** Where the object ends whose brace was just consumed, if it is well-formed. */
    private int endOfObject() {
        int open = 1;
        int place = at;
        while (open > 0) {
            switch (json[place++]) {
                case '{' -> open++;
                case '}' -> open--;
                case '"' -> place = Swar.stringEnd(json, place) + 1;
                default -> {}
            }
        }
        return place;
    }

    private ArrayNode list() {
        enter();
        ArrayNode list = nodes.arrayNode();
        byte token = next();
        if (token == ']') {
            depth--;
            return list;
        }
        while (true) {
            list.add(value(token));
            token = next();
            if (token == ']') {
                depth--;
                return list;
            }
            if (token != ',') {
                throw Declined.INSTANCE;
            }
            token = next();
        }
    }

    private String name() {
        int start = at;
        int end = Swar.plainEnd(json, start, json.length);
        if (end - start > MAX_NAME) {
            throw Declined.INSTANCE;
        }
        if (json[end] == '"') {
            at = end + 1;
            return Texts.text(json, start, end);
        }
        String name = odd(start, end);
        if (name.length() > MAX_NAME) {
            throw Declined.INSTANCE;
        }
        return name;
    }

    private StringNode string() {
        int start = at;
        int end = Swar.plainEnd(json, start, json.length);
        if (json[end] == '"') {
            at = end + 1;
            return Texts.node(json, start, end);
        }
        return new StringNode(odd(start, end));
    }

    /** A text with escapes or beyond ASCII; the part before {@code end} is plain. */
    private String odd(int start, int end) {
        int length = 0;
        int from = start;
        int to = end;
        boolean ascii = true;
        while (true) {
            length = append(length, from, to);
            byte each = json[to];
            if (each == '"') {
                break;
            }
            if (each == '\\') {
                from = to + 2;
                length = unescape(length, json[to + 1], to + 2);
                from += json[to + 1] == 'u' ? 4 : 0;
                ascii &= length == 0 || unescaped[length - 1] >= 0;
            } else if (each < 0) {
                ascii = false;
                from = to;
                to = from + 1;
                while (json[to] < 0) {
                    to++;
                }
                length = append(length, from, to);
                from = to;
            } else {
                throw Declined.INSTANCE;
            }
            to = Swar.plainEnd(json, from, json.length);
        }
        at = to + 1;
        if (ascii) {
            return new String(unescaped, 0, length, StandardCharsets.ISO_8859_1);
        }
        String text = new String(unescaped, 0, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            throw Declined.INSTANCE;
        }
        return text;
    }

    private int append(int length, int from, int to) {
        int longer = length + to - from;
        reserve(longer + 4);
        System.arraycopy(json, from, unescaped, length, to - from);
        return longer;
    }

    private void reserve(int length) {
        if (length > unescaped.length) {
            unescaped = Arrays.copyOf(unescaped, Math.max(length, Math.max(256, unescaped.length * 2)));
        }
    }

    /** Appends what an escape stands for. */
    private int unescape(int length, byte escape, int digits) {
        reserve(length + 4);
        int code = switch (escape) {
            case '"', '\\', '/' -> escape;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex(digits);
            default -> throw Declined.INSTANCE;
        };
        if (code < 0x80) {
            unescaped[length] = (byte) code;
            return length + 1;
        }
        if (code >= 0x800) {
            if (Character.isSurrogate((char) code)) {
                throw Declined.INSTANCE;
            }
            unescaped[length] = (byte) (0xe0 | code >> 12);
            unescaped[length + 1] = (byte) (0x80 | code >> 6 & 0x3f);
            unescaped[length + 2] = (byte) (0x80 | code & 0x3f);
            return length + 3;
        }
        unescaped[length] = (byte) (0xc0 | code >> 6);
        unescaped[length + 1] = (byte) (0x80 | code & 0x3f);
        return length + 2;
    }

    private int hex(int from) {
        int code = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(json[i], 16);
            if (digit < 0) {
                throw Declined.INSTANCE;
            }
            code = code << 4 | digit;
        }
        return code;
    }

    private JsonNode number(byte first) {
        boolean negative = first == '-';
        int start = negative ? at : at - 1;
        int place = start;
        long value = 0;
        while (place < json.length && json[place] >= '0' && json[place] <= '9') {
            value = value * 10 + json[place++] - '0';
        }
        int digits = place - start;
        if (digits == 0
                || digits > MAX_DIGITS
                || digits > 1 && json[start] == '0'
                || negative && value == 0
                || place < json.length && (json[place] == '.' || json[place] == 'e' || json[place] == 'E')) {
            throw Declined.INSTANCE;
        }
        at = place;
        value = negative ? -value : value;
        return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }
}
