package io.kubespring.apiserver.bootstrap;

import io.kubespring.kinds.rbac.PolicyRule;
import io.kubespring.kinds.rbac.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Reads the compact tables of built-in roles; their format is described at the top of {@code roles.txt}. */
public final class RoleTable {

    private static final List<String> READ = List.of("get", "list", "watch");
    private static final List<String> WRITE = List.of("create", "delete", "deletecollection", "patch", "update");
    private static final PolicyRule EVENTS =
            PolicyRule.resources(List.of("create", "patch", "update"), List.of("", "events.k8s.io"), List.of("events"));

    private RoleTable() {}

    /** Every role that a cluster starts with. */
    public static List<BootstrapRole> builtIn() {
        return Stream.of("roles.txt", "controller-roles.txt")
                .flatMap(resource -> parse(read(resource)).stream())
                .toList();
    }

    private static String read(String resource) {
        try (InputStream stream = RoleTable.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("missing resource " + resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @throws IllegalArgumentException naming the line that cannot be read */
    static List<BootstrapRole> parse(String table) {
        var roles = new ArrayList<BootstrapRole>();
        Draft draft = null;
        for (String line : table.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.strip().split("\\s+");
            if (!line.startsWith(" ")) {
                if (draft != null) {
                    roles.add(draft.done());
                }
                draft = new Draft(words);
            } else if (draft == null) {
                throw new IllegalArgumentException("a rule before any role: " + line);
            } else {
                draft.add(words, line);
            }
        }
        if (draft != null) {
            roles.add(draft.done());
        }
        return roles;
    }

    private static final class Draft {
        private final String namespace;
        private final String name;
        private final List<PolicyRule> rules = new ArrayList<>();
        private final List<Subject> subjects = new ArrayList<>();
        private String aggregates = "";
        private String aggregateTo = "";
        private String bindingName;
        private boolean bound;

        Draft(String[] words) {
            switch (words[0]) {
                case "role" -> {
                    namespace = words[1];
                    name = words[2];
                }
                case "clusterrole" -> {
                    namespace = "";
                    name = words[1];
                }
                case "controller" -> {
                    namespace = "";
                    name = "system:controller:" + words[1];
                    subjects.add(new Subject(Subject.Kind.SERVICE_ACCOUNT, "kube-system", words[1]));
                    bound = true;
                }
                default -> throw new IllegalArgumentException("not a role: " + String.join(" ", words));
            }
            bindingName = name;
            for (String word : words) {
                if (word.startsWith("aggregates=")) {
                    aggregates = word.substring("aggregates=".length());
                } else if (word.startsWith("aggregate-to=")) {
                    aggregateTo = word.substring("aggregate-to=".length());
                }
            }
        }

        void add(String[] words, String line) {
            if (words[0].equals("events")) {
                rules.add(EVENTS);
            } else if (words[0].equals("binding-name")) {
                bindingName = words[1];
            } else if (words[0].equals("bound")) {
                bound = true;
                if (!words[1].equals("nobody")) {
                    subjects.add(subject(words, line));
                }
            } else if (words.length == 3 && words[1].equals("urls")) {
                rules.add(PolicyRule.paths(verbs(words[0]), list(words[2])));
            } else if (words.length == 3 || words.length == 5 && words[3].equals("named")) {
                rules.add(new PolicyRule(
                        verbs(words[0]),
                        groups(words[1]),
                        list(words[2]),
                        words.length == 5 ? list(words[4]) : List.of(),
                        List.of()));
            } else {
                throw new IllegalArgumentException("not a rule: " + line);
            }
        }

        private static Subject subject(String[] words, String line) {
            return switch (words[1]) {
                case "user" -> new Subject(Subject.Kind.USER, "", words[2]);
                case "group" -> new Subject(Subject.Kind.GROUP, "", words[2]);
                case "account" -> new Subject(Subject.Kind.SERVICE_ACCOUNT, words[2], words[3]);
                default -> throw new IllegalArgumentException("not a subject: " + line);
            };
        }

        private static List<String> verbs(String words) {
            return list(words).stream()
                    .flatMap(word -> switch (word) {
                        case "read" -> READ.stream();
                        case "write" -> WRITE.stream();
                        default -> Stream.of(word);
                    })
                    .sorted()
                    .toList();
        }

        private static List<String> groups(String words) {
            return list(words).stream()
                    .map(word -> word.equals("core") ? "" : word)
                    .toList();
        }

        private static List<String> list(String words) {
            return Arrays.asList(words.split(","));
        }

        BootstrapRole done() {
            return new BootstrapRole(
                    namespace,
                    name,
                    aggregates,
                    aggregateTo,
                    List.copyOf(rules),
                    bound,
                    bindingName,
                    List.copyOf(subjects));
        }
    }
}
