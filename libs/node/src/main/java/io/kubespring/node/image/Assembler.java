package io.kubespring.node.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Just enough of an assembler: literal bytes and instructions, and branches to labels that are patched at the end. */
final class Assembler {

    private interface Patch {
        void apply(ByteBuffer code, Map<String, Integer> labels);
    }

    private final ByteArrayOutputStream code = new ByteArrayOutputStream();
    private final Map<String, Integer> labels = new HashMap<>();
    private final List<Patch> patches = new ArrayList<>();

    Assembler label(String name) {
        labels.put(name, code.size());
        return this;
    }

    Assembler bytes(int... values) {
        for (int value : values) {
            code.write(value);
        }
        return this;
    }

    /** One 32-bit little-endian instruction. */
    Assembler word(int instruction) {
        return bytes(instruction, instruction >>> 8, instruction >>> 16, instruction >>> 24);
    }

    /** An x86 branch with an 8-bit displacement. */
    Assembler shortJump(int opcode, String target) {
        bytes(opcode, 0);
        int end = code.size();
        patches.add((bytes, at) -> bytes.put(end - 1, (byte) (position(at, target) - end)));
        return this;
    }

    /** An arm64 branch whose displacement, in instructions, stands at {@code shift} with {@code bits}. */
    Assembler branch(int instruction, int shift, int bits, String target) {
        int start = code.size();
        word(instruction);
        patches.add((bytes, at) -> {
            int distance = (position(at, target) - start) / 4 & (1 << bits) - 1;
            bytes.putInt(start, instruction | distance << shift);
        });
        return this;
    }

    byte[] assemble() {
        var bytes = ByteBuffer.wrap(code.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        patches.forEach(patch -> patch.apply(bytes, labels));
        return bytes.array();
    }

    private static int position(Map<String, Integer> labels, String name) {
        Integer position = labels.get(name);
        if (position == null) {
            throw new IllegalStateException("no label " + name);
        }
        return position;
    }
}
