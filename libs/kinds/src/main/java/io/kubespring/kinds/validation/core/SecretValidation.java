package io.kubespring.kinds.validation.core;

import io.kubespring.api.json.Json;
import io.kubespring.api.json.SyntaxErrors;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Secrets: some types promise certain keys. Contents never show in a message. */
public final class SecretValidation implements KindValidation {

    private static final String ACCOUNT_NAME = "kubernetes.io/service-account.name";

    @Override
    public void create(Field secret, Errors errors) {
        Field data = secret.at("data");
        DataRules.keys(data, errors);
        DataRules.size(DataRules.encodedBytes(data), data, errors);
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
        byte[] text = Base64.getMimeDecoder().decode(entry.text());
        String problem = "unexpected end of JSON input";
        try {
            JsonNode content = Json.mapper().readTree(text);
            if (content.isObject() || content.isNull()) {
                return;
            }
            if (!content.isMissingNode()) {
                problem =
                        "json: cannot unmarshal " + goName(content) + " into Go value of type map[string]interface {}";
            }
        } catch (JacksonException unreadable) {
            problem = SyntaxErrors.describe(text, unreadable.getOriginalMessage());
        }
        errors.invalid(entry, "<secret contents redacted>", problem);
    }

    private static String goName(JsonNode value) {
        return value.isArray() ? "array" : value.isString() ? "string" : value.isNumber() ? "number" : "bool";
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        errors.immutable(next.at("type"), current.at("type"));
        DataRules.immutable(next, current, List.of("data"), errors);
        create(next, errors);
    }
}
