package io.kubespring.apimachinery.patch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * A place in a document (RFC 6901). Negative indexes count from the end, as upstream's library allows.
 *
 * @param tokens unescaped; empty for the whole document
 */
record JsonPointer(List<String> tokens) {

    static JsonPointer parse(String text) {
        if (text.isEmpty()) {
            return new JsonPointer(List.of());
        }
        if (text.charAt(0) != '/') {
            throw PatchErrors.unprocessable();
        }
        var tokens = new ArrayList<String>();
        for (String token : text.substring(1).split("/", -1)) {
            tokens.add(token.indexOf('~') < 0 ? token : token.replace("~1", "/").replace("~0", "~"));
        }
        return new JsonPointer(tokens);
    }

    boolean isRoot() {
        return tokens.isEmpty();
    }

    String last() {
        return tokens.getLast();
    }

    /** What holds the place itself, or null if the document has no such place. */
    @Nullable
    JsonNode parentIn(JsonNode root) {
        JsonNode at = root;
        for (int i = 0; at != null && i < tokens.size() - 1; i++) {
            at = child(at, tokens.get(i));
        }
        return at != null && at.isContainer() ? at : null;
    }

    /** The value at the place, or null. */
    @Nullable
    JsonNode valueIn(JsonNode root) {
        if (isRoot()) {
            return root;
        }
        JsonNode parent = parentIn(root);
        return parent == null ? null : child(parent, last());
    }

    boolean startsWith(JsonPointer other) {
        return tokens.size() > other.tokens.size()
                && tokens.subList(0, other.tokens.size()).equals(other.tokens);
    }

    private static @Nullable JsonNode child(JsonNode parent, String token) {
        if (parent instanceof ArrayNode list) {
            int index = index(token, list.size());
            return index < 0 ? null : list.get(index);
        }
        return parent.get(token);
    }

    /** A list index below {@code size}, or -1. */
    static int index(String token, int size) {
        if (token.isEmpty() || token.length() > 9) {
            return -1;
        }
        int from = token.charAt(0) == '-' ? 1 : 0;
        if (from == token.length()) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < token.length(); i++) {
            char each = token.charAt(i);
            if (each < '0' || each > '9') {
                return -1;
            }
            value = value * 10 + each - '0';
        }
        int index = from == 1 ? size - value : value;
        return index < size ? index : -1;
    }
}
