package io.kubespring.apimachinery.protobuf;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One field of a message, as the facts describe it (see their generator).
 *
 * @param message the name of the message that values are, or null for scalars
 */
record Field(
        int number,
        Presence presence,
        Repetition repetition,
        Type type,
        @Nullable String message,
        String jsonName,
        byte[] jsonBytes) {

    /** When a field is written, and when JSON shows it. Pointers in upstream's Go types are {@link #OPTIONAL}. */
    enum Presence {
        ALWAYS,
        ALWAYS_BUT_ZERO_IS_LEFT_OUT_OF_JSON,
        OPTIONAL
    }

    enum Repetition {
        ONE,
        LIST,
        MAP,
        /** Its fields are its parent's in JSON. */
        INLINE
    }

    enum Type {
        TEXT(2),
        FLAG(0),
        INTEGER(0),
        DOUBLE(1),
        BYTES(2),
        MESSAGE(2);

        private final int wire;

        Type(int wire) {
            this.wire = wire;
        }

        int wire() {
            return wire;
        }
    }

    static Field parse(String word) {
        int place = 0;
        while (Character.isDigit(word.charAt(place))) {
            place++;
        }
        int number = Integer.parseInt(word, 0, place, 10);
        Presence presence = switch (word.charAt(place++)) {
            case '!' -> Presence.ALWAYS;
            case '?' -> Presence.OPTIONAL;
            default -> Presence.ALWAYS_BUT_ZERO_IS_LEFT_OUT_OF_JSON;
        };
        Repetition repetition = switch (word.charAt(place)) {
            case '*' -> Repetition.LIST;
            case '%' -> Repetition.MAP;
            case '~' -> Repetition.INLINE;
            default -> Repetition.ONE;
        };
        place += repetition == Repetition.ONE ? 0 : 1;
        Type type = switch (word.charAt(place)) {
            case 's' -> Type.TEXT;
            case 'b' -> Type.FLAG;
            case 'i' -> Type.INTEGER;
            case 'd' -> Type.DOUBLE;
            case 'y' -> Type.BYTES;
            default -> Type.MESSAGE;
        };
        int equals = word.indexOf('=', place);
        String message = type == Type.MESSAGE ? word.substring(place + 1, equals) : null;
        String name = word.substring(equals + 1);
        return new Field(number, presence, repetition, type, message, name, name.getBytes(StandardCharsets.UTF_8));
    }

    /** What stands in front of a value on the wire. */
    int tag() {
        boolean delimited = repetition == Repetition.MAP;
        return number << 3 | (delimited ? Type.MESSAGE.wire() : type.wire());
    }

    boolean always() {
        return presence != Presence.OPTIONAL;
    }
}
