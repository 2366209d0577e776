package io.kubespring.proxy.conntrack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where datagrams are sent, and who answers them, whoever sends: all such flows go or stay together.
 *
 * @param to address as the client sees it
 * @param from who answers, as the answerer sees it; the same as {@code to} where nothing is translated
 */
record Flow(String to, int toPort, String from, int fromPort) {

    private static final Pattern LINE =
            Pattern.compile("^udp\\s.*? dst=(\\S+) sport=\\d+ dport=(\\d+) .*?src=(\\S+) dst=\\S+ sport=(\\d+) ");

    /** A line of {@code conntrack -L}, or null where it is none of UDP. */
    static @Nullable Flow parse(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.find()
                ? new Flow(
                        parts.group(1),
                        Integer.parseInt(parts.group(2)),
                        parts.group(3),
                        Integer.parseInt(parts.group(4)))
                : null;
    }

    boolean isTranslated() {
        return !to.equals(from) || toPort != fromPort;
    }
}
