package io.kubespring.kinds.validation.core;

import io.kubespring.api.json.Json;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;

/** Secrets: some types promise certain keys. Contents never show in a message. */
public final class SecretValidation implements KindValidation {

    private static final String ACCOUNT_NAME = "kubernetes.io/service-account.name";

    @Override
    public void create(Field secret, Errors errors) {
        Field data = secret.at("data");
        DataRules.keys(data, errors);
        DataRules.size(DataRules.encodedBytes(data), errors);
        switch (secret.at("type").text()) {
            case "kubernetes.io/service-account-token" -> {
                Field name = secret.at("metadata", "annotations").key(ACCOUNT_NAME);
                if (name.empty()) {
                    errors.required(name, "");
                }
            }
            case "kubernetes.io/dockercfg" -> json(data.key(".dockercfg"), errors);
            case "kubernetes.io/dockerconfigjson" -> json(data.key(".dockerconfigjson"), errors);
            case "kubernetes.io/basic-auth" -> {
                if (data.key("username").absent() && data.key("password").absent()) {
                    errors.required(data.key("username"), "");
                    errors.required(data.key("password"), "");
                }
            }
            case "kubernetes.io/ssh-auth" -> {
                if (data.key("ssh-privatekey").empty()) {
                    errors.required(data.key("ssh-privatekey"), "");
                }
            }
            case "kubernetes.io/tls" -> {
                for (String key : List.of("tls.crt", "tls.key")) {
                    if (data.key(key).absent()) {
                        errors.required(data.key(key), "");
                    }
                }
            }
            default -> {}
        }
    }

    private static void json(Field entry, Errors errors) {
        if (entry.absent()) {
            errors.required(entry, "");
            return;
        }
        try {
            Json.mapper().readTree(Base64.getDecoder().decode(entry.text()));
        } catch (IllegalArgumentException | JacksonException unreadable) {
            errors.invalid(entry, "<secret contents redacted>", "invalid character in JSON document");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        errors.immutable(next.at("type"), current.at("type"));
        DataRules.immutable(next, current, List.of("data"), errors);
        create(next, errors);
    }
}
