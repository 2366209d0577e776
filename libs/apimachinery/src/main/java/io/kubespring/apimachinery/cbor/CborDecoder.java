package io.kubespring.apimachinery.cbor;

import io.kubespring.api.json.Json;
import io.kubespring.apimachinery.decode.MalformedBodyException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one CBOR item into a tree, by upstream's rules: byte strings are texts (an expected later encoding is applied),
 * keys are texts and stand once, what JSON has no number for is refused, as are unknown simple values and bignums.
 */
final class CborDecoder {

    /** Upstream's limit. */
    private static final int MAX_DEPTH = 64;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int BREAK = 0xff;
    private static final int INDEFINITE = 31;

    private static final int TIME_EPOCH = 1;
    private static final int POSITIVE_BIGNUM = 2;
    private static final int NEGATIVE_BIGNUM = 3;
    private static final int BASE64_URL = 21;
    private static final int BASE64 = 22;
    private static final int BASE16 = 23;

    private final byte[] bytes;
    private int at;
    private int depth;

    CborDecoder(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The one item; whatever follows it is an error. */
    JsonNode read() {
        JsonNode item = item(0);
        if (at < bytes.length) {
            throw malformed((bytes.length - at) + " bytes of extraneous data starting at index " + at);
        }
        return item;
    }

    /** @param laterEncoding the tag that says how byte strings are to be shown, or 0 */
    private JsonNode item(int laterEncoding) {
        if (++depth > MAX_DEPTH) {
            throw malformed("exceeded max nested level " + MAX_DEPTH);
        }
        int initial = next();
        JsonNode item = switch (initial >>> 5) {
            case 0 -> integer(unsigned(initial));
            case 1 -> integer(~unsigned(initial));
            case 2 -> NODES.stringNode(shown(string(initial, false), laterEncoding));
            case 3 -> NODES.stringNode(text(initial));
            case 4 -> array(initial, laterEncoding);
            case 5 -> map(initial, laterEncoding);
            case 6 -> tagged(number(initial), laterEncoding);
            default -> simple(initial);
        };
        depth--;
        return item;
    }

    /** Numbers that fit are ints, as they are when read from JSON. */
    private static JsonNode integer(long value) {
        return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }

    private long unsigned(int initial) {
        long value = number(initial);
        if (value < 0) {
            throw malformed("cannot unmarshal integer into Go value of type interface {} (overflows Go's int64)");
        }
        return value;
    }

    /** The number in or behind an initial byte. */
    private long number(int initial) {
        int info = initial & 0x1f;
        if (info < 24) {
            return info;
        }
        if (info > 27) {
            throw malformed("invalid additional information " + info + " for type " + (initial >>> 5));
        }
        return fixed(1 << info - 24);
    }

    private long fixed(int count) {
        if (bytes.length - at < count) {
            throw unexpectedEnd();
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | bytes[at++] & 0xff;
        }
        return value;
    }

    private int next() {
        if (at >= bytes.length) {
            throw unexpectedEnd();
        }
        return bytes[at++] & 0xff;
    }

    private boolean atBreak() {
        if (at >= bytes.length) {
            throw unexpectedEnd();
        }
        if ((bytes[at] & 0xff) == BREAK) {
            at++;
            return true;
        }
        return false;
    }

    private byte[] string(int initial, boolean chunk) {
        if ((initial & 0x1f) != INDEFINITE) {
            long length = number(initial);
            if (length < 0 || length > bytes.length - at) {
                throw unexpectedEnd();
            }
            at += (int) length;
            return Arrays.copyOfRange(bytes, at - (int) length, at);
        }
        if (chunk) {
            throw malformed("indefinite-length string has an indefinite-length chunk");
        }
        var all = new ByteArrayOutputStream();
        while (!atBreak()) {
            int piece = next();
            if (piece >>> 5 != initial >>> 5) {
                throw malformed("wrong element type for indefinite-length string");
            }
            all.writeBytes(string(piece, true));
        }
        return all.toByteArray();
    }

    private String text(int initial) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(string(initial, false)))
                    .toString();
        } catch (CharacterCodingException invalid) {
            throw malformed("invalid UTF-8 string");
        }
    }

    private static String shown(byte[] string, int laterEncoding) {
        return switch (laterEncoding) {
            case BASE64_URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(string);
            case BASE64 -> Base64.getEncoder().encodeToString(string);
            case BASE16 -> HexFormat.of().withUpperCase().formatHex(string);
            default -> new String(string, StandardCharsets.UTF_8);
        };
    }

    private ArrayNode array(int initial, int laterEncoding) {
        ArrayNode array = NODES.arrayNode();
        if ((initial & 0x1f) == INDEFINITE) {
            while (!atBreak()) {
                array.add(item(laterEncoding));
            }
            return array;
        }
        for (long left = checked(number(initial)); left > 0; left--) {
            array.add(item(laterEncoding));
        }
        return array;
    }

    private ObjectNode map(int initial, int laterEncoding) {
        ObjectNode map = Json.object();
        if ((initial & 0x1f) == INDEFINITE) {
            while (!atBreak()) {
                entry(map, laterEncoding);
            }
            return map;
        }
        for (long left = checked(number(initial)); left > 0; left--) {
            entry(map, laterEncoding);
        }
        return map;
    }

    /** Every element takes a byte at least. */
    private long checked(long count) {
        if (count < 0 || count > bytes.length - at) {
            throw unexpectedEnd();
        }
        return count;
    }

    private void entry(ObjectNode map, int laterEncoding) {
        int initial = next();
        String name = switch (initial >>> 5) {
            case 2 -> new String(string(initial, false), StandardCharsets.UTF_8);
            case 3 -> text(initial);
            default -> throw malformed("cannot unmarshal " + typeName(initial) + " into Go value of type string");
        };
        if (map.has(name)) {
            throw malformed("found duplicate map key \"" + name + "\" at map element index " + map.size());
        }
        map.set(name, item(laterEncoding));
    }

    private JsonNode tagged(long tag, int laterEncoding) {
        if (tag == POSITIVE_BIGNUM || tag == NEGATIVE_BIGNUM) {
            throw malformed("cannot unmarshal bignum into Go value of type interface {}");
        }
        if (tag >= BASE64_URL && tag <= BASE16) {
            return item((int) tag);
        }
        JsonNode content = item(laterEncoding);
        return tag == TIME_EPOCH ? time(content) : content;
    }

    private static JsonNode time(JsonNode seconds) {
        if (!seconds.isNumber()) {
            throw malformed("tag 1 must be followed by integer or floating-point number");
        }
        try {
            long whole = (long) Math.floor(seconds.asDouble());
            long nanos = seconds.isIntegralNumber() ? 0 : Math.round((seconds.asDouble() - whole) * 1e9);
            return NODES.stringNode(Instant.ofEpochSecond(seconds.isIntegralNumber() ? seconds.asLong() : whole, nanos)
                    .toString());
        } catch (DateTimeException | ArithmeticException outOfRange) {
            throw malformed("time out of range");
        }
    }

    private JsonNode simple(int initial) {
        return switch (initial) {
            case 0xf4 -> NODES.booleanNode(false);
            case 0xf5 -> NODES.booleanNode(true);
            case 0xf6 -> NODES.nullNode();
            case 0xf9 -> number(Float.float16ToFloat((short) fixed(2)));
            case 0xfa -> number(Float.intBitsToFloat((int) fixed(4)));
            case 0xfb -> number(Double.longBitsToDouble(fixed(8)));
            case BREAK -> throw malformed("unexpected \"break\" code");
            default -> throw malformed("simple value " + (initial & 0x1f) + " is not recognized");
        };
    }

    private static JsonNode number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw malformed("cannot unmarshal primitives into Go value of type interface {} (floating-point "
                    + (Double.isNaN(value) ? "NaN" : "infinity") + ")");
        }
        return NODES.numberNode(value);
    }

    private static String typeName(int initial) {
        return switch (initial >>> 5) {
            case 0 -> "positive integer";
            case 1 -> "negative integer";
            case 4 -> "array";
            case 5 -> "map";
            case 6 -> "tag";
            default -> "primitives";
        };
    }

    private static MalformedBodyException unexpectedEnd() {
        return new MalformedBodyException("unexpected EOF");
    }

    private static MalformedBodyException malformed(String what) {
        return new MalformedBodyException("cbor: " + what);
    }
}
