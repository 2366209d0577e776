package io.kubespring.kinds.validation.flowcontrol;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;
import java.util.Set;

/** One rule of a FlowSchema: subjects, and the requests of theirs that it matches. */
final class FlowRuleValidation {

    private static final String ANY = "*";
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch");

    private FlowRuleValidation() {}

    static void check(Field rule, Errors errors) {
        if (rule.at("subjects").empty()) {
            errors.required(rule.at("subjects"), "subjects must contain at least one value");
        }
        for (Field subject : rule.at("subjects").items()) {
            subject(subject, errors);
        }
        if (rule.at("resourceRules").empty() && rule.at("nonResourceRules").empty()) {
            errors.required(rule, "at least one of resourceRules and nonResourceRules has to be non-empty");
        }
        for (Field resources : rule.at("resourceRules").items()) {
            resources(resources, errors);
        }
        for (Field paths : rule.at("nonResourceRules").items()) {
            paths(paths, errors);
        }
    }

    private static void subject(Field subject, Errors errors) {
        switch (subject.at("kind").text()) {
            case "ServiceAccount" -> {
                account(subject.at("serviceAccount"), errors);
                foreign(subject, "user", "User", errors);
                foreign(subject, "group", "Group", errors);
            }
            case "User" -> {
                named(subject.at("user"), "user is required when subject kind is 'User'", errors);
                foreign(subject, "serviceAccount", "ServiceAccount", errors);
                foreign(subject, "group", "Group", errors);
            }
            case "Group" -> {
                named(subject.at("group"), "group is required when subject kind is 'Group'", errors);
                foreign(subject, "serviceAccount", "ServiceAccount", errors);
                foreign(subject, "user", "User", errors);
            }
            default -> errors.notSupported(subject.at("kind"), List.of("Group", "ServiceAccount", "User"));
        }
    }

    private static void foreign(Field subject, String field, String kind, Errors errors) {
        if (subject.at(field).present()) {
            errors.forbidden(subject.at(field), field + " is forbidden when subject kind is not '" + kind + "'");
        }
    }

    private static boolean named(Field holder, String absent, Errors errors) {
        if (holder.absent()) {
            errors.required(holder, absent);
            return false;
        }
        if (holder.at("name").empty()) {
            errors.required(holder.at("name"), "");
        }
        return true;
    }

    private static void account(Field account, Errors errors) {
        if (!named(account, "serviceAccount is required when subject kind is 'ServiceAccount'", errors)) {
            return;
        }
        Field name = account.at("name");
        if (!name.empty() && !name.isText(ANY)) {
            errors.invalid(name, Names.dnsSubdomain(name.text()));
        }
        Field namespace = account.at("namespace");
        if (namespace.empty()) {
            errors.required(namespace, "must specify namespace for service account");
        } else {
            errors.invalid(namespace, Names.dnsLabel(namespace.text()));
        }
    }

    private static void resources(Field rule, Errors errors) {
        verbs(rule.at("verbs"), errors);
        some(rule.at("apiGroups"), "resource rules must supply at least one api group", "api groups", errors);
        some(rule.at("resources"), "resource rules must supply at least one resource", "resources", errors);
        Field namespaces = rule.at("namespaces");
        if (namespaces.empty() && !rule.at("clusterScope").flag()) {
            errors.required(
                    namespaces, "resource rules that are not cluster scoped must supply at least one namespace");
        } else if (namespaces.texts().contains(ANY)) {
            onlyAny(namespaces, "namespaces", errors);
        } else {
            for (Field each : namespaces.items()) {
                for (String problem : Names.dnsLabel(each.text())) {
                    errors.invalid(each, "each member of this list must be '*' or a DNS-1123 label; " + problem);
                }
            }
        }
    }

    private static void paths(Field rule, Errors errors) {
        verbs(rule.at("verbs"), errors);
        Field paths = rule.at("nonResourceURLs");
        if (paths.empty()) {
            errors.required(paths, "nonResourceURLs must contain at least one value");
        } else if (paths.texts().contains(ANY)) {
            onlyAny(paths, "non-resource URLs", errors);
        } else {
            paths.items().forEach(each -> path(each, errors));
        }
    }

    private static void verbs(Field verbs, Errors errors) {
        if (verbs.empty()) {
            errors.required(verbs, "verbs must contain at least one value");
        } else if (verbs.texts().contains(ANY)) {
            onlyAny(verbs, "verbs", errors);
        } else if (!Set.copyOf(VERBS).containsAll(verbs.texts())) {
            errors.notSupported(verbs, VERBS);
        }
    }

    private static void some(Field list, String absent, String others, Errors errors) {
        if (list.empty()) {
            errors.required(list, absent);
        } else if (list.texts().contains(ANY)) {
            onlyAny(list, others, errors);
        }
    }

    private static void onlyAny(Field list, String others, Errors errors) {
        if (list.texts().size() > 1) {
            errors.invalid(list, "if '*' is present, must not specify other " + others);
        }
    }

    private static void path(Field path, Errors errors) {
        String text = path.text();
        int star = text.indexOf('*');
        if (text.isEmpty()) {
            errors.invalid(path, "must not be empty");
        } else if (!text.startsWith("/")) {
            errors.invalid(path, "must start with slash");
        } else if (text.contains(" ")) {
            errors.invalid(path, "must not contain white-space");
        } else if (text.contains("//")) {
            errors.invalid(path, "must not contain double slash");
        } else if (star >= 0 && (star != text.length() - 1 || !text.endsWith("/*"))) {
            errors.invalid(path, "wildcard can only do suffix matching");
        }
    }
}
