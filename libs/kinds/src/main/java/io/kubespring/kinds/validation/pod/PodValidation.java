package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.service.IpFamily;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.List;

/** Pods: created whole, then hardly changed. */
public final class PodValidation implements KindValidation {

    @Override
    public void create(Field pod, Errors errors) {
        Field spec = pod.at("spec");
        PodSpecValidation.check(spec, true, errors);
        images(spec, errors);
        if (!spec.at("ephemeralContainers").empty()) {
            errors.forbidden(spec.at("ephemeralContainers"), "cannot be set on create");
        }
        if (!spec.at("nodeName").empty() && !spec.at("schedulingGates").empty()) {
            errors.forbidden(spec.at("nodeName"), "cannot be set until all schedulingGates have been cleared");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        if (next.at("spec").value().equals(current.at("spec").value())) {
            // Labels and annotations are what most updates change.
            return;
        }
        PodSpecValidation.check(next.at("spec"), true, errors);
        images(next.at("spec"), errors);
        new PodUpdateRule(next.at("spec"), current.at("spec"), errors).check();
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        switch (subresource) {
            case "ephemeralcontainers" -> ephemeral(next, current, errors);
            case "resize" -> PodSpecValidation.check(next.at("spec"), true, errors);
            case "status" -> status(next.at("status"), errors);
            default -> {}
        }
    }

    private static void images(Field spec, Errors errors) {
        for (String list : List.of("containers", "initContainers")) {
            for (Field container : spec.at(list).items()) {
                Field image = container.at("image");
                if (!image.text().strip().equals(image.text())) {
                    errors.invalid(image, "must not have leading or trailing whitespace");
                }
            }
        }
    }

    private static void ephemeral(Field next, Field current, Errors errors) {
        PodSpecValidation.check(next.at("spec"), true, errors);
        Field containers = next.at("spec", "ephemeralContainers");
        for (Field old : current.at("spec", "ephemeralContainers").items()) {
            String name = old.at("name").text();
            var same = containers.items().stream()
                    .filter(each -> each.at("name").isText(name))
                    .findFirst();
            if (same.isEmpty()) {
                errors.forbidden(containers, "existing ephemeral containers \"" + name + "\" may not be removed\n");
            } else if (!same.get().sameAs(old)) {
                errors.forbidden(containers, "existing ephemeral containers \"" + name + "\" may not be changed\n");
            }
        }
    }

    private static void status(Field status, Errors errors) {
        List<Field> addresses = status.at("podIPs").items();
        for (Field address : addresses) {
            Addresses.ip(address.at("ip"), errors);
        }
        if (addresses.size() > 1
                && (addresses.size() > 2
                        || IpFamily.of(addresses.get(0).at("ip").text())
                                == IpFamily.of(addresses.get(1).at("ip").text()))) {
            errors.invalid(status.at("podIPs"), "may specify no more than one IP for each IP family");
        }
    }
}
