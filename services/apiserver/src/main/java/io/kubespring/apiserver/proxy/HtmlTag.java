package io.kubespring.apiserver.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A start tag as it stands in a page.
 *
 * @param name lower case
 * @param links where its attributes hold addresses
 * @param end behind its last character
 */
record HtmlTag(String name, int start, int end, List<Range> links) {

    /** Attributes with addresses, by element (HTML 4, "Index of Attributes", and HTML 5). */
    private static final Map<String, Set<String>> ADDRESSES = Map.ofEntries(
            Map.entry("a", Set.of("href")),
            Map.entry("applet", Set.of("codebase")),
            Map.entry("area", Set.of("href")),
            Map.entry("audio", Set.of("src")),
            Map.entry("base", Set.of("href")),
            Map.entry("blockquote", Set.of("cite")),
            Map.entry("body", Set.of("background")),
            Map.entry("button", Set.of("formaction")),
            Map.entry("command", Set.of("icon")),
            Map.entry("del", Set.of("cite")),
            Map.entry("embed", Set.of("src")),
            Map.entry("form", Set.of("action")),
            Map.entry("frame", Set.of("longdesc", "src")),
            Map.entry("head", Set.of("profile")),
            Map.entry("html", Set.of("manifest")),
            Map.entry("iframe", Set.of("longdesc", "src")),
            Map.entry("img", Set.of("longdesc", "src", "usemap")),
            Map.entry("input", Set.of("src", "usemap", "formaction")),
            Map.entry("ins", Set.of("cite")),
            Map.entry("link", Set.of("href")),
            Map.entry("object", Set.of("classid", "codebase", "data", "usemap")),
            Map.entry("q", Set.of("cite")),
            Map.entry("script", Set.of("src")),
            Map.entry("source", Set.of("src")),
            Map.entry("video", Set.of("poster", "src")));

    private static final Set<String> RAW_TEXT =
            Set.of("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes");

    /** Positions in the page. */
    record Range(int from, int to) {}

    static boolean isRawText(String name) {
        return RAW_TEXT.contains(name);
    }

    /** @return null where the tag does not end in the data */
    static @Nullable HtmlTag read(byte[] data, int start) {
        return new Reader(data, start).read();
    }

    void write(byte[] data, UnaryOperator<String> rewriter, ByteArrayOutputStream out) {
        int at = start;
        for (Range link : links) {
            out.write(data, at, link.from() - at);
            String address = new String(data, link.from(), link.to() - link.from(), StandardCharsets.ISO_8859_1);
            byte[] rewritten = rewriter.apply(address).getBytes(StandardCharsets.ISO_8859_1);
            out.write(rewritten, 0, rewritten.length);
            at = link.to();
        }
        out.write(data, at, end - at);
    }

    private static final class Reader {

        private final byte[] data;
        private final int start;
        private final List<Range> links = new ArrayList<>();
        private int at;

        Reader(byte[] data, int start) {
            this.data = data;
            this.start = start;
            this.at = start + 1;
        }

        @Nullable
        HtmlTag read() {
            String name = word("/>");
            Set<String> addresses = ADDRESSES.getOrDefault(name, Set.of());
            while (true) {
                skip(" \t\r\n\f/");
                if (at >= data.length) {
                    return null;
                }
                if (data[at] == '>') {
                    return new HtmlTag(name, start, at + 1, links);
                }
                attribute(addresses);
            }
        }

        private void attribute(Set<String> addresses) {
            int before = at;
            String name = word("/>=");
            if (at == before) {
                at++; // a stray "=": an attribute's name by the book, nothing to us
                return;
            }
            skip(" \t\r\n\f");
            if (at >= data.length || data[at] != '=') {
                return;
            }
            at++;
            skip(" \t\r\n\f");
            Range value = value();
            if (addresses.contains(name)) {
                links.add(value);
            }
        }

        private Range value() {
            if (at < data.length && (data[at] == '"' || data[at] == '\'')) {
                byte quote = data[at++];
                int from = at;
                while (at < data.length && data[at] != quote) {
                    at++;
                }
                return new Range(from, at++);
            }
            int from = at;
            while (at < data.length && data[at] != '>' && " \t\r\n\f".indexOf(data[at]) < 0) {
                at++;
            }
            return new Range(from, at);
        }

        private String word(String ends) {
            int from = at;
            while (at < data.length && ends.indexOf(data[at]) < 0 && " \t\r\n\f".indexOf(data[at]) < 0) {
                at++;
            }
            return new String(data, from, at - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        }

        private void skip(String letters) {
            while (at < data.length && letters.indexOf(data[at]) >= 0) {
                at++;
            }
        }
    }
}
