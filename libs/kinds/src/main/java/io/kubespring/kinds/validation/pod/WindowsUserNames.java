package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.regex.Pattern;

/** Names of users of Windows, as {@code runAsUserName} takes them: {@code DOMAIN\\user}, or the user alone. */
final class WindowsUserNames {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern NET_BIOS = Pattern.compile("[^\\\\/:*?\"<>|.][^\\\\/:*?\"<>|]{0,14}");
    private static final String DNS_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
    private static final Pattern DNS = Pattern.compile(DNS_LABEL + "(?:\\." + DNS_LABEL + ")*");
    private static final Pattern ONLY_DOTS = Pattern.compile("[. ]+");
    private static final Pattern FORBIDDEN = Pattern.compile("[\"/\\\\:;|=,+*?<>@\\[\\]]");
    private static final int DOMAIN_MAX = 256;
    private static final int USER_MAX = 104;

    private WindowsUserNames() {}

    static void check(Field name, Errors errors) {
        String text = name.text();
        String[] parts = text.split("\\\\", -1);
        if (text.isEmpty()) {
            errors.invalid(name, "runAsUserName cannot be an empty string");
        } else if (CONTROL.matcher(text).find()) {
            errors.invalid(name, "runAsUserName cannot contain control characters");
        } else if (parts.length > 2) {
            errors.invalid(name, "runAsUserName cannot contain more than one backslash");
        } else {
            if (parts.length == 2) {
                domain(parts[0], name, errors);
            }
            user(parts[parts.length - 1], name, errors);
        }
    }

    private static void domain(String domain, Field name, Errors errors) {
        if (domain.length() >= DOMAIN_MAX) {
            errors.invalid(name, "runAsUserName's Domain length must be under " + DOMAIN_MAX + " characters");
        }
        if (!NET_BIOS.matcher(domain).matches() && !DNS.matcher(domain).matches()) {
            errors.invalid(name, "runAsUserName's Domain doesn't match the NetBios nor the DNS format");
        }
    }

    private static void user(String user, Field name, Errors errors) {
        if (user.isEmpty()) {
            errors.invalid(name, "runAsUserName's User cannot be empty");
        } else if (user.length() > USER_MAX) {
            errors.invalid(name, "runAsUserName's User length must not be longer than " + USER_MAX + " characters");
        }
        if (ONLY_DOTS.matcher(user).matches()) {
            errors.invalid(name, "runAsUserName's User cannot contain only periods or spaces");
        }
        if (FORBIDDEN.matcher(user).find()) {
            errors.invalid(name, "runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]");
        }
    }
}
