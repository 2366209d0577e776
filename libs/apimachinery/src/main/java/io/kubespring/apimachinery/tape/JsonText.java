package io.kubespring.apimachinery.tape;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Undoes the escapes of JSON texts. */
final class JsonText {

    private JsonText() {}

    static byte[] unescape(byte[] json, int from, int to) {
        var out = new ByteArrayOutputStream(to - from);
        int at = from;
        while (at < to) {
            byte c = json[at++];
            if (c != '\\') {
                out.write(c);
                continue;
            }
            byte escape = json[at++];
            switch (escape) {
                case 'b' -> out.write('\b');
                case 'f' -> out.write('\f');
                case 'n' -> out.write('\n');
                case 'r' -> out.write('\r');
                case 't' -> out.write('\t');
                case 'u' -> {
                    int point = hex(json, at);
                    at += 4;
                    if (Character.isHighSurrogate((char) point)
                            && at + 6 <= to
                            && json[at] == '\\'
                            && json[at + 1] == 'u') {
                        point = Character.toCodePoint((char) point, (char) hex(json, at + 2));
                        at += 6;
                    }
                    out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                }
                default -> out.write(escape);
            }
        }
        return out.toByteArray();
    }

    private static int hex(byte[] json, int at) {
        return Integer.parseInt(new String(json, at, 4, StandardCharsets.US_ASCII), 16);
    }
}
