package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;

/** How names are resolved in a Pod. */
final class DnsValidation {

    private static final List<String> POLICIES = List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
    private static final int MAX_SERVERS = 3;
    private static final int MAX_SEARCHES = 32;
    private static final int MAX_SEARCH_LENGTH = 2048;

    private DnsValidation() {}

    static void policy(Field policy, Errors errors) {
        errors.requireOneOf(policy, POLICIES);
    }

    static void config(Field spec, Errors errors) {
        Field config = spec.at("dnsConfig");
        Field servers = config.at("nameservers");
        if (spec.at("dnsPolicy").isText("None")) {
            if (config.absent()) {
                errors.required(config, "must provide `dnsConfig` when `dnsPolicy` is None");
                return;
            }
            if (servers.empty()) {
                errors.required(servers, "must provide at least one DNS nameserver when `dnsPolicy` is None");
                return;
            }
        }
        if (servers.items().size() > MAX_SERVERS) {
            errors.invalid(servers, "must not have more than " + MAX_SERVERS + " nameservers");
        }
        servers.items().forEach(each -> Addresses.ip(each, errors));
        searches(config.at("searches"), errors);
        for (Field option : config.at("options").items()) {
            if (option.at("name").empty()) {
                errors.required(option, "must not be empty");
            }
        }
    }

    private static void searches(Field searches, Errors errors) {
        List<String> all = searches.texts();
        if (all.size() > MAX_SEARCHES) {
            errors.invalid(searches, "must not have more than " + MAX_SEARCHES + " search paths");
        }
        if (String.join(" ", all).length() > MAX_SEARCH_LENGTH) {
            errors.invalid(
                    searches,
                    "must not have more than " + MAX_SEARCH_LENGTH
                            + " characters (including spaces) in the search list");
        }
        for (Field search : searches.items()) {
            if (search.isText(".")) {
                continue;
            }
            String domain = search.text().endsWith(".")
                    ? search.text().substring(0, search.text().length() - 1)
                    : search.text();
            for (String message : Names.dnsSubdomainWithUnderscores(domain)) {
                errors.invalid(search, domain, message);
            }
        }
    }

    static void hostAliases(Field aliases, Errors errors) {
        for (Field alias : aliases.items()) {
            Addresses.ip(alias.at("ip"), errors);
            for (Field name : alias.at("hostnames").items()) {
                errors.invalid(name, Names.dnsSubdomain(name.text()));
            }
        }
    }
}
