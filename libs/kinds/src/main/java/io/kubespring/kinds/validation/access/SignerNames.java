package io.kubespring.kinds.validation.access;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;
import java.util.function.Function;

/** The name of a signer: a domain and a path ("example.com/signer"). */
final class SignerNames {

    private static final int PATH_MAX = 253 + 63 + 1;

    private SignerNames() {}

    static void check(Field signer, Errors errors) {
        if (signer.empty()) {
            errors.required(signer, "");
            return;
        }
        String[] parts = signer.text().split("/", -1);
        if (parts.length != 2) {
            errors.invalid(signer, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
            return;
        }
        if (parts[0].length() > Names.SUBDOMAIN_LENGTH) {
            errors.tooLong(signer, Names.SUBDOMAIN_LENGTH);
        }
        labels(signer, parts[0], Names::dnsLabel, errors);
        if (!parts[0].contains(".")) {
            errors.invalid(signer, parts[0], "should be a domain with at least two segments separated by dots");
        }
        if (parts[1].length() > PATH_MAX) {
            errors.tooLong(signer, PATH_MAX);
        }
        labels(signer, parts[1], Names::dnsSubdomain, errors);
    }

    private static void labels(Field signer, String part, Function<String, List<String>> rule, Errors errors) {
        for (String label : part.split("\\.", -1)) {
            for (String message : rule.apply(label)) {
                errors.invalid(signer, part, "validating label \"" + label + "\": " + message);
            }
        }
    }
}
