package io.kubespring.apiserver.admission.plugins;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.admission.AdmissionAttributes;

/** The 403 with which a plugin refuses a write. */
final class Refusal {

    private Refusal() {}

    static StatusException of(AdmissionAttributes attributes, String why) {
        return StatusException.forbidden(attributes.resource(), attributes.name(), why);
    }
}
