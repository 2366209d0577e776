package io.kubespring.kinds.validation.storage;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.Map;
import java.util.regex.Pattern;

/** Names in iSCSI: {@code iqn.<date>.<reversed domain>:<name>}, {@code eui.<16 digits>} or {@code naa.<32 digits>}. */
final class IscsiVolumes {

    private static final Map<String, Pattern> FORMS = Map.of(
            "iqn", Pattern.compile("iqn\\.\\d{4}-\\d{2}\\.([\\p{Alnum}.-]+)(:[^,;*&$|\\s]+)$"),
            "eui", Pattern.compile("^eui.\\p{Alnum}{16}$"),
            "naa", Pattern.compile("^naa.\\p{Alnum}{32}$"));

    private IscsiVolumes() {}

    static void check(Field source, Errors errors) {
        if (source.at("targetPortal").empty()) {
            errors.required(source.at("targetPortal"), "");
        }
        Field iqn = source.at("iqn");
        if (iqn.empty()) {
            errors.required(iqn, "");
        } else {
            name(iqn, errors);
        }
        Field lun = source.at("lun");
        if (lun.number() < 0 || lun.number() > 255) {
            errors.invalid(lun, "must be between 0 and 255, inclusive");
        }
        boolean secured = source.at("chapAuthDiscovery").flag()
                || source.at("chapAuthSession").flag();
        if (secured && source.at("secretRef").absent()) {
            errors.required(source.at("secretRef"), "");
        }
        Field initiator = source.at("initiatorName");
        if (initiator.present()) {
            name(source.at("initiatorname").withValue(initiator.value()), errors);
        }
    }

    private static void name(Field name, Errors errors) {
        String text = name.text();
        Pattern form = FORMS.get(text.length() < 3 ? text : text.substring(0, 3));
        if (form == null) {
            errors.invalid(name, "must be valid format starting with iqn, eui, or naa");
        } else if (!form.matcher(text).find()) {
            errors.invalid(name, "must be valid format");
        }
    }
}
