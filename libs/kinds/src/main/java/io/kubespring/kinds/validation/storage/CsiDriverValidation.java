package io.kubespring.kinds.validation.storage;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** CSIDrivers. */
public final class CsiDriverValidation implements KindValidation {

    private static final List<String> GROUP_POLICIES = List.of("File", "None", "ReadWriteOnceWithFSType");
    private static final List<String> MODES = List.of("Persistent", "Ephemeral");
    private static final int TOKEN_SECONDS_MIN = 600;
    private static final int UPDATE_SECONDS_MIN = 10;

    @Override
    public void create(Field driver, Errors errors) {
        Field spec = driver.at("spec");
        required(spec, "attachRequired", "attachedRequired", errors);
        for (String each : List.of("podInfoOnMount", "storageCapacity")) {
            required(spec, each, each, errors);
        }
        if (spec.at("fsGroupPolicy").present()) {
            errors.oneOf(spec.at("fsGroupPolicy"), GROUP_POLICIES);
        }
        tokens(spec.at("tokenRequests"), errors);
        for (Field mode : spec.at("volumeLifecycleModes").items()) {
            if (!MODES.contains(mode.text())) {
                errors.notSupportedOf(
                        spec.at("volumeLifecycleModes").withValue(mode.value()), "Persistent", "Ephemeral");
            }
        }
        required(spec, "seLinuxMount", "seLinuxMount", errors);
        Field period = spec.at("nodeAllocatableUpdatePeriodSeconds");
        if (period.present() && period.number() < UPDATE_SECONDS_MIN) {
            errors.invalid(period, "must be greater than or equal to 10 seconds");
        }
        Field secrets = spec.at("serviceAccountTokenInSecrets");
        if (secrets.present() && spec.at("tokenRequests").empty()) {
            errors.invalid(secrets, "serviceAccountTokenInSecrets is set but no tokenRequests are specified");
        }
    }

    /** @param shown the name that upstream's message gives the field */
    private static void required(Field spec, String name, String shown, Errors errors) {
        if (spec.at(name).absent()) {
            errors.required(spec.at(shown), "");
        }
    }

    private static void tokens(Field requests, Errors errors) {
        Set<String> audiences = new HashSet<>();
        for (Field request : requests.items()) {
            if (!audiences.add(request.at("audience").text())) {
                errors.duplicate(request.at("audience"), request.at("audience").text());
                continue;
            }
            Field seconds = request.at("expirationSeconds");
            if (seconds.absent()) {
                continue;
            }
            if (seconds.number() < TOKEN_SECONDS_MIN) {
                errors.invalid(seconds, "may not specify a duration less than 10 minutes");
            }
            if (seconds.number() > 1L << 32) {
                errors.invalid(seconds, "may not specify a duration larger than 2^32 seconds");
            }
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
        Field attach = next.at("spec", "attachRequired");
        if (!attach.sameAs(current.at("spec", "attachRequired"))) {
            errors.invalid(next.at("spec", "attachedRequired"), attach.value(), "field is immutable");
        }
        errors.immutable(next.at("spec", "volumeLifecycleModes"), current.at("spec", "volumeLifecycleModes"));
    }
}
