package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.LabelValidation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A projected volume: several sources, one directory, no path twice. */
final class ProjectedValidation {

    private static final List<String> KEY_TYPES =
            List.of("RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519");
    private static final long TEN_MINUTES = 600;

    private final Field projected;
    private final Errors errors;
    private final Set<String> paths = new HashSet<>();

    private ProjectedValidation(Field projected, Errors errors) {
        this.projected = projected;
        this.errors = errors;
    }

    static void check(Field projected, Errors errors) {
        PathRules.mode(projected.at("defaultMode"), errors);
        var validation = new ProjectedValidation(projected, errors);
        projected.at("sources").items().forEach(validation::source);
    }

    private void source(Field source) {
        int kinds = 0;
        for (String kind : List.of("secret", "configMap")) {
            if (source.at(kind).present()) {
                kinds++;
                keys(source.at(kind));
            }
        }
        if (source.at("downwardAPI").present()) {
            kinds++;
            Field files = source.at("downwardAPI");
            DownwardValidation.files(files.at("items"), files, errors);
            files.at("items")
                    .items()
                    .forEach(each ->
                            unique(each.at("path").text(), each.at("path").text()));
        }
        if (source.at("serviceAccountToken").present()) {
            kinds++;
            token(source.at("serviceAccountToken"));
        }
        if (source.at("clusterTrustBundle").present()) {
            kinds++;
            bundle(source.at("clusterTrustBundle"));
        }
        if (source.at("podCertificate").present()) {
            kinds++;
            certificate(source.at("podCertificate"));
        }
        if (kinds > 1) {
            errors.forbidden(source, "may not specify more than 1 volume type per source");
        }
    }

    private void keys(Field source) {
        VolumeValidation.require(source.at("name"), errors);
        for (Field item : source.at("items").items()) {
            VolumeValidation.keyToPath(item, errors);
            unique(item.at("path").text(), source.at("name").text());
        }
    }

    /** Upstream names the volume, and the source where it has a name. */
    private void unique(String path, String shown) {
        if (!path.isEmpty() && !paths.add(path)) {
            errors.invalid(projected, shown, "conflicting duplicate paths");
        }
    }

    private void token(Field token) {
        Field seconds = token.at("expirationSeconds");
        if (seconds.number() < TEN_MINUTES) {
            errors.invalid(seconds, "may not specify a duration less than 10 minutes");
        }
        if (seconds.number() > 1L << 32) {
            errors.invalid(seconds, "may not specify a duration larger than 2^32 seconds");
        }
        // Upstream's path leaves the source out.
        Field path = projected.at("path").withValue(token.at("path").value());
        if (path.empty()) {
            errors.required(path, "");
        } else {
            PathRules.file(path, errors);
        }
    }

    private void bundle(Field bundle) {
        Field name = bundle.at("name");
        Field signer = bundle.at("signerName");
        if (name.present() && signer.present()) {
            errors.invalid(bundle, "only one of name and signerName may be used");
        } else if (name.present()) {
            if (name.empty()) {
                errors.required(name, "must be a valid object name");
            }
            for (String message :
                    Names.dnsSubdomain(name.text().substring(name.text().lastIndexOf(':') + 1))) {
                errors.invalid(name, "not a valid clustertrustbundlename: " + message);
            }
            if (bundle.at("labelSelector").present()) {
                errors.invalid(bundle.at("labelSelector"), "labelSelector must be unset if name is specified");
            }
        } else if (signer.present()) {
            if (signer.empty()) {
                errors.required(signer, "must be a valid signer name");
            }
            LabelValidation.selector(bundle.at("labelSelector"), errors);
        } else {
            errors.required(bundle, "either name or signerName must be specified");
        }
        Field path = bundle.at("path");
        VolumeValidation.require(path, errors);
        PathRules.file(path, errors);
        unique(path.text(), path.text());
    }

    private void certificate(Field certificate) {
        VolumeValidation.require(certificate.at("signerName"), errors);
        errors.requireOneOf(certificate.at("keyType"), KEY_TYPES);
        boolean any = false;
        for (String each : List.of("credentialBundlePath", "keyPath", "certificateChainPath")) {
            Field path = certificate.at(each);
            if (!path.empty()) {
                any = true;
                PathRules.file(path, errors);
                unique(path.text(), path.text());
            }
        }
        if (!any) {
            errors.required(
                    certificate, "specify at least one of credentialBundlePath, keyPath, and certificateChainPath");
        }
    }
}
