package io.kubespring.apiserver.flowcontrol;

import io.kubespring.apiserver.authentication.UserInfo;
import tools.jackson.databind.JsonNode;

/** Whose requests a rule is about. */
sealed interface FlowSubject {

    boolean matches(UserInfo user);

    /** A user, or "*" for all. */
    record User(String name) implements FlowSubject {
        @Override
        public boolean matches(UserInfo user) {
            return name.equals("*") || name.equals(user.name());
        }
    }

    /** A group, or "*" for all. */
    record Group(String name) implements FlowSubject {
        @Override
        public boolean matches(UserInfo user) {
            return name.equals("*") || user.inGroup(name);
        }
    }

    /** A service account by the start of its user name, or by all of it. */
    record Account(String userName, boolean wholeNamespace) implements FlowSubject {
        @Override
        public boolean matches(UserInfo user) {
            return wholeNamespace
                    ? user.name().startsWith(userName)
                    : user.name().equals(userName);
        }
    }

    /** Of a kind that is not known: nobody. */
    record Nobody() implements FlowSubject {
        @Override
        public boolean matches(UserInfo user) {
            return false;
        }
    }

    static FlowSubject read(JsonNode subject) {
        return switch (subject.path("kind").asString("")) {
            case "User" -> new User(subject.path("user").path("name").asString(""));
            case "Group" -> new Group(subject.path("group").path("name").asString(""));
            case "ServiceAccount" -> account(subject.path("serviceAccount"));
            default -> new Nobody();
        };
    }

    private static FlowSubject account(JsonNode account) {
        String prefix = "system:serviceaccount:" + account.path("namespace").asString("") + ":";
        String name = account.path("name").asString("");
        return name.equals("*") ? new Account(prefix, true) : new Account(prefix + name, false);
    }
}
