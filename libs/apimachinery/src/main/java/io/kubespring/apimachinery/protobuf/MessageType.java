package io.kubespring.apimachinery.protobuf;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One message: its fields by number, found by their JSON names' bytes. Other messages are resolved when first met. */
final class MessageType {

    private final String name;
    private final Special special;
    private final Field[] fields;
    private final MessageType[] messages;
    private final int[] byName;
    private byte @Nullable [] empty;

    MessageType(String name, Field[] fields) {
        this.name = name;
        this.fields = fields;
        special = Special.of(name);
        messages = new MessageType[fields.length];
        byName = new int[Math.max(4, Integer.highestOneBit(fields.length) * 4)];
        for (int i = 0; i < fields.length; i++) {
            if (fields[i].repetition() != Field.Repetition.INLINE) {
                byte[] json = fields[i].jsonBytes();
                int slot = hash(json, 0, json.length);
                while (byName[slot] != 0) {
                    slot = slot + 1 & byName.length - 1;
                }
                byName[slot] = i + 1;
            }
        }
    }

    String name() {
        return name;
    }

    Special special() {
        return special;
    }

    int size() {
        return fields.length;
    }

    /** @param index in the order of the numbers */
    Field field(int index) {
        return fields[index];
    }

    /** The message that a field's values are. */
    MessageType message(int index) {
        MessageType known = messages[index];
        if (known == null) {
            String message = fields[index].message();
            if (message == null) {
                throw new IllegalStateException(name + "." + fields[index].jsonName() + " is no message");
            }
            known = MessageTypes.get().named(message);
            messages[index] = known;
        }
        return known;
    }

    /** The index of the field of that JSON name, or -1. */
    int find(byte[] json, int from, int to) {
        int slot = hash(json, from, to);
        while (true) {
            int index = byName[slot] - 1;
            if (index < 0) {
                return -1;
            }
            byte[] candidate = fields[index].jsonBytes();
            if (Arrays.equals(candidate, 0, candidate.length, json, from, to)) {
                return index;
            }
            slot = slot + 1 & byName.length - 1;
        }
    }

    /** The index of the field of that number, or -1. */
    int find(int number) {
        // Numbers begin at 1 and ascend: a field is never behind the place that its number names.
        for (int i = Math.min(number, fields.length) - 1; i >= 0; i--) {
            if (fields[i].number() == number) {
                return i;
            }
        }
        return -1;
    }

    private int hash(byte[] json, int from, int to) {
        int length = to - from;
        int mixed = length == 0
                ? 0
                : length * 31 + json[from] * 131 + json[to - 1] * 8191 + json[from + length / 2] * 524287;
        return (mixed ^ mixed >>> 7) & byName.length - 1;
    }

    /** What is written for a message of which nothing is said. */
    byte[] empty() {
        byte[] known = empty;
        if (known == null) {
            known = ProtobufEncoder.emptyForm(this);
            empty = known;
        }
        return known;
    }
}
