package io.kubespring.api.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Writes trees as JSON, byte for byte what Jackson writes, which is asked for the rarer scalars. */
final class TreeWriter {

    private static final int MAX_DEPTH = 400;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_NUMBER = 20;

    private byte[] json;
    private int at;
    private int depth;
    private boolean tooDeep;

    private TreeWriter(int expected) {
        json = new byte[expected];
    }

    /** The tree's JSON, or null if it is too deep for us. */
    static byte @Nullable [] write(JsonNode tree) {
        var writer = new TreeWriter(tree.isContainer() ? 8 * 1024 : 256);
        writer.value(tree);
        return writer.tooDeep ? null : Arrays.copyOf(writer.json, writer.at);
    }

    private void reserve(int more) {
        if (at + more > json.length) {
            json = Arrays.copyOf(json, Math.max(at + more, json.length * 2));
        }
    }

    private void put(char each) {
        reserve(1);
        json[at++] = (byte) each;
    }

    private void put(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, json, at, bytes.length);
        at += bytes.length;
    }

    private void value(JsonNode node) {
        // No switch over types: that is a class made at run time, which the compiler first has to learn about.
        if (node instanceof StringNode text) {
            string(text.stringValue());
        } else if (node instanceof SharedObject shared) {
            put(shared.encoded());
        } else if (node instanceof CompactObject object) {
            compact(object.fields());
        } else if (node instanceof ObjectNode object) {
            object(object);
        } else if (node instanceof ArrayNode list) {
            list(list);
        } else {
            scalar(node);
        }
    }

    private void scalar(JsonNode node) {
        switch (node) {
            case IntNode number -> number(number.longValue());
            case LongNode number -> number(number.longValue());
            case BooleanNode bool -> put(bool.booleanValue() ? TRUE : FALSE);
            case NullNode nothing -> put(NULL);
            default -> put(Json.mapper().writeValueAsBytes(node));
        }
    }

    private boolean enter() {
        tooDeep |= ++depth > MAX_DEPTH;
        return !tooDeep;
    }

    private void compact(FieldMap fields) {
        if (!enter()) {
            return;
        }
        if (fields.isLarge()) {
            fields(fields.entrySet());
        } else {
            put('{');
            for (int i = 0; i < fields.size(); i++) {
                if (i > 0) {
                    put(',');
                }
                string(fields.name(i));
                put(':');
                value(fields.value(i));
            }
            put('}');
        }
        depth--;
    }

    private void object(ObjectNode object) {
        if (enter()) {
            fields(object.properties());
            depth--;
        }
    }

    private void fields(Iterable<Map.Entry<String, JsonNode>> fields) {
        put('{');
        boolean first = true;
        for (Map.Entry<String, JsonNode> field : fields) {
            if (!first) {
                put(',');
            }
            first = false;
            string(field.getKey());
            put(':');
            value(field.getValue());
        }
        put('}');
    }

    private void list(ArrayNode list) {
        if (!enter()) {
            return;
        }
        put('[');
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                put(',');
            }
            value(list.get(i));
        }
        put(']');
        depth--;
    }

    private void number(long value) {
        reserve(LONGEST_NUMBER);
        if (value < 0) {
            if (value == Long.MIN_VALUE) {
                put(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
                return;
            }
            json[at++] = '-';
            value = -value;
        }
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        at += digits;
        int place = at;
        do {
            json[--place] = (byte) ('0' + value % 10);
            value /= 10;
        } while (value > 0);
    }

    private void string(String text) {
        int length = text.length();
        reserve(length + 2);
        json[at++] = '"';
        int plain = copyPlain(text, length);
        at += plain;
        if (plain < length) {
            odd(text, plain);
        }
        put('"');
    }

    /** Copies characters up to the first that needs more than a copy. */
    private int copyPlain(String text, int length) {
        byte[] target = json;
        int from = at;
        for (int i = 0; i < length; i++) {
            char each = text.charAt(i);
            if (each < 0x20 || each == '"' || each == '\\' || each >= 0x80) {
                return i;
            }
            target[from + i] = (byte) each;
        }
        return length;
    }

    private void odd(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each >= 0x80) {
                int end = i + 1;
                while (end < text.length() && text.charAt(end) >= 0x80) {
                    end++;
                }
                beyondAscii(text.substring(i, end));
                i = end - 1;
                continue;
            }
            reserve(6);
            switch (each) {
                case '"', '\\' -> escape(each);
                case '\b' -> escape('b');
                case '\f' -> escape('f');
                case '\n' -> escape('n');
                case '\r' -> escape('r');
                case '\t' -> escape('t');
                default -> {
                    if (each < 0x20) {
                        put("\\u00".getBytes(StandardCharsets.US_ASCII));
                        json[at++] = HEX[each >> 4];
                        json[at++] = HEX[each & 0xf];
                    } else {
                        json[at++] = (byte) each;
                    }
                }
            }
        }
    }

    private void escape(char each) {
        json[at++] = '\\';
        json[at++] = (byte) each;
    }

    /** Lone surrogates are Jackson's to refuse. */
    private void beyondAscii(String text) {
        byte[] quoted = Json.mapper().writeValueAsBytes(text);
        reserve(quoted.length);
        System.arraycopy(quoted, 1, json, at, quoted.length - 2);
        at += quoted.length - 2;
    }
}
