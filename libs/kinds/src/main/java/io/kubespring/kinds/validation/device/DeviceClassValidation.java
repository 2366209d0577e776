package io.kubespring.kinds.validation.device;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.ResourceNames;

/** DeviceClasses (KEP-4381). */
public final class DeviceClassValidation implements KindValidation {

    @Override
    public void create(Field deviceClass, Errors errors) {
        Field spec = deviceClass.at("spec");
        DeviceRules.selectors(spec.at("selectors"), errors);
        Lists.bounded(spec.at("config"), DeviceRules.ALL_MAX, each -> DeviceRules.configuration(each, errors), errors);
        Field name = spec.at("extendedResourceName");
        if (name.present() && !ResourceNames.isExtended(name.text())) {
            errors.invalid(name, "must be a valid extended resource name");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }
}
