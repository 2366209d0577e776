package io.kubespring.apiserver.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Passes HTML through piece by piece and rewrites the links in its tags; everything else, down to the last space, stays as
 * it is. Comments, scripts and the like are no tags. Holds back at most one tag, and of a longer one nothing: it passes
 * unchanged.
 */
final class HtmlLinks {

    private static final int LONGEST_TAG = 64 * 1024;
    private static final byte[] COMMENT_BEGIN = ascii("<!--");
    private static final byte[] COMMENT_END = ascii("-->");

    private enum State {
        TEXT,
        /** Until "&gt;": an end tag, a declaration, a tag that is too long. */
        MARKUP,
        COMMENT,
        /** Until the end tag of an element whose content is text. */
        RAW
    }

    private final UnaryOperator<String> rewriter;
    private State state = State.TEXT;
    private byte[] rawEnd = new byte[0];
    private byte[] pending = new byte[0];

    HtmlLinks(UnaryOperator<String> rewriter) {
        this.rewriter = rewriter;
    }

    /** What can be said after one more piece. */
    byte[] next(byte[] piece) {
        byte[] data = joined(pending, piece);
        var out = new ByteArrayOutputStream(data.length + 64);
        int at = 0;
        boolean went = true;
        while (went && at < data.length) {
            int before = at;
            State was = state;
            at = step(data, at, out);
            went = at != before || state != was;
        }
        pending = java.util.Arrays.copyOfRange(data, at, data.length);
        return out.toByteArray();
    }

    /** What was held back. */
    byte[] end() {
        byte[] rest = pending;
        pending = new byte[0];
        return rest;
    }

    /** Goes on to the next change of state, or as far as the data allows; returns the new position. */
    private int step(byte[] data, int at, ByteArrayOutputStream out) {
        return switch (state) {
            case TEXT -> text(data, at, out);
            case MARKUP -> until(data, at, out, ascii(">"), 1);
            case COMMENT -> until(data, at, out, COMMENT_END, COMMENT_END.length);
            case RAW -> until(data, at, out, rawEnd, 0);
        };
    }

    private int text(byte[] data, int from, ByteArrayOutputStream out) {
        int at = from;
        while (at < data.length && data[at] != '<') {
            at++;
        }
        out.write(data, from, at - from);
        if (data.length - at < COMMENT_BEGIN.length) {
            return at; // too little to tell what begins here
        }
        if (startsWith(data, at, COMMENT_BEGIN)) {
            out.write(data, at, COMMENT_BEGIN.length);
            state = State.COMMENT;
            return at + COMMENT_BEGIN.length;
        }
        byte second = data[at + 1];
        if (second == '!' || second == '?' || second == '/') {
            state = State.MARKUP;
            return at;
        }
        if (!isLetter(second)) {
            out.write('<');
            return at + 1;
        }
        return tag(data, at, out);
    }

    private int tag(byte[] data, int at, ByteArrayOutputStream out) {
        HtmlTag tag = HtmlTag.read(data, at);
        if (tag == null) {
            if (data.length - at > LONGEST_TAG) {
                state = State.MARKUP;
            }
            return at;
        }
        tag.write(data, rewriter, out);
        if (HtmlTag.isRawText(tag.name())) {
            rawEnd = ascii("</" + tag.name());
            state = State.RAW;
        }
        return tag.end();
    }

    /** Copies up to a mark, and so much of it as is asked for; without a mark, all but what could be its beginning. */
    private int until(byte[] data, int at, ByteArrayOutputStream out, byte[] mark, int ofMark) {
        for (int i = at; i + mark.length <= data.length; i++) {
            if (startsWith(data, i, mark)) {
                out.write(data, at, i + ofMark - at);
                // An end tag is read as markup, whatever element it ends.
                state = state == State.RAW ? State.MARKUP : State.TEXT;
                return i + ofMark;
            }
        }
        int safe = Math.max(at, data.length - mark.length + 1);
        out.write(data, at, safe - at);
        return safe;
    }

    private static boolean startsWith(byte[] data, int at, byte[] mark) {
        if (at + mark.length > data.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if (Character.toLowerCase(data[at + i]) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(byte value) {
        return value >= 'a' && value <= 'z' || value >= 'A' && value <= 'Z';
    }

    private static byte[] ascii(String text) {
        return text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        if (one.length == 0) {
            return other;
        }
        byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
