package io.kubespring.apiserver.authorization.rbac;

import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.kinds.rbac.Binding;
import io.kubespring.kinds.rbac.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Bindings by namespace and by whom they name, so that a decision looks only at those that concern its user. Immutable.
 */
final class BindingIndex {

    /** A binding and the one of its subjects that matched. */
    record Match(Binding binding, Subject subject) {}

    private record Scope(Map<String, List<Match>> byUser, Map<String, List<Match>> byGroup) {
        Scope() {
            this(new HashMap<>(), new HashMap<>());
        }
    }

    private static final Scope NOTHING = new Scope();

    private final Map<String, Scope> byNamespace = new HashMap<>();

    BindingIndex(Iterable<Binding> bindings) {
        var sorted = new ArrayList<Binding>();
        bindings.forEach(sorted::add);
        sorted.sort(Comparator.comparing(Binding::name));
        for (Binding binding : sorted) {
            Scope scope = byNamespace.computeIfAbsent(binding.namespace(), namespace -> new Scope());
            for (Subject subject : binding.subjects()) {
                add(scope, new Match(binding, subject));
            }
        }
    }

    private static void add(Scope scope, Match match) {
        Subject subject = match.subject();
        switch (subject.kind()) {
            case USER ->
                scope.byUser()
                        .computeIfAbsent(subject.name(), user -> new ArrayList<>())
                        .add(match);
            case SERVICE_ACCOUNT -> {
                if (!subject.namespace().isEmpty()) {
                    scope.byUser()
                            .computeIfAbsent(subject.userName(), user -> new ArrayList<>())
                            .add(match);
                }
            }
            case GROUP ->
                scope.byGroup()
                        .computeIfAbsent(subject.name(), group -> new ArrayList<>())
                        .add(match);
            case UNKNOWN -> {}
        }
    }

    /**
     * Calls {@code visitor} for each binding of {@code namespace} (empty: cluster bindings) that concerns the user, until
     * it answers true.
     *
     * @return whether it did
     */
    boolean any(String namespace, UserInfo user, Predicate<Match> visitor) {
        Scope scope = byNamespace.getOrDefault(namespace, NOTHING);
        if (anyOf(scope.byUser().get(user.name()), visitor)) {
            return true;
        }
        for (String group : user.groups()) {
            if (anyOf(scope.byGroup().get(group), visitor)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyOf(@Nullable List<Match> matches, Predicate<Match> visitor) {
        if (matches != null) {
            for (Match match : matches) {
                if (visitor.test(match)) {
                    return true;
                }
            }
        }
        return false;
    }
}
