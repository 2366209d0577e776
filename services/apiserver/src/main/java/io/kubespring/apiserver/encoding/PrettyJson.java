package io.kubespring.apiserver.encoding;

import java.io.ByteArrayOutputStream;

/** Indents JSON by two spaces, as it passes: pieces may end anywhere. One document a formatter. */
public final class PrettyJson {

    private int depth;
    private boolean inText;
    private boolean escaped;
    private boolean opened;

    public static byte[] whole(byte[] json) {
        return new PrettyJson().piece(json);
    }

    byte[] piece(byte[] json) {
        var out = new ByteArrayOutputStream(json.length * 3 / 2);
        for (byte c : json) {
            if (inText) {
                out.write(c);
                inText = escaped || c != '"';
                escaped = !escaped && c == '\\';
            } else {
                structure(c, out);
            }
        }
        return out.toByteArray();
    }

    private void structure(byte c, ByteArrayOutputStream out) {
        switch (c) {
            case ' ', '\n', '\r', '\t' -> {
                // Written anew.
            }
            case '}', ']' -> {
                depth--;
                if (!opened) {
                    newLine(out);
                }
                opened = false;
                out.write(c);
            }
            case ',' -> {
                out.write(c);
                newLine(out);
            }
            case ':' -> {
                out.write(c);
                out.write(' ');
            }
            default -> {
                if (opened) {
                    newLine(out);
                }
                opened = c == '{' || c == '[';
                depth += opened ? 1 : 0;
                inText = c == '"';
                out.write(c);
            }
        }
    }

    private void newLine(ByteArrayOutputStream out) {
        out.write('\n');
        for (int i = 0; i < depth; i++) {
            out.write(' ');
            out.write(' ');
        }
    }
}
