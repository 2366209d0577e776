package io.kubespring.kubelet.environment;

import java.util.Map;

/** {@code $(NAME)} references: known names are replaced, unknown ones stay, {@code $$} is a literal dollar. */
public final class Expansion {

    private Expansion() {}

    public static String expand(String text, Map<String, String> variables) {
        var out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char each = text.charAt(at);
            if (each != '$' || at + 1 == text.length()) {
                out.append(each);
                at++;
                continue;
            }
            char next = text.charAt(at + 1);
            int end = next == '(' ? text.indexOf(')', at + 2) : -1;
            if (next == '$') {
                out.append('$');
                at += 2;
            } else if (end > 0) {
                String value = variables.get(text.substring(at + 2, end));
                out.append(value == null ? text.substring(at, end + 1) : value);
                at = end + 1;
            } else {
                out.append('$').append(next);
                at += 2;
            }
        }
        return out.toString();
    }
}
