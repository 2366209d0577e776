package io.kubespring.kubelet.network;

import java.util.ArrayList;
import java.util.List;

/** The three things that matter in a {@code resolv.conf}. */
record ResolvConf(List<String> servers, List<String> searches, List<String> options) {

    static ResolvConf parse(List<String> lines) {
        var servers = new ArrayList<String>();
        List<String> searches = List.of();
        List<String> options = List.of();
        for (String line : lines) {
            String[] words = line.strip().split("\\s+");
            List<String> values = List.of(words).subList(1, words.length);
            switch (words[0]) {
                case "nameserver" -> values.stream().limit(1).forEach(servers::add);
                // The last one counts, as in the C library.
                case "search", "domain" ->
                    searches = values.stream().map(ResolvConf::withoutDot).toList();
                case "options" -> options = values;
                default -> {}
            }
        }
        return new ResolvConf(servers, searches, options);
    }

    private static String withoutDot(String domain) {
        return domain.length() > 1 && domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    }
}
