package io.kubespring.kinds.validation.network;

import io.kubespring.api.json.Json;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.List;

/** ServiceCIDRs (KEP 1880): one block, or one of each family; a second may be added, nothing else changes. */
public final class ServiceCidrValidation implements KindValidation {

    @Override
    public void create(Field range, Errors errors) {
        Field cidrs = range.at("spec", "cidrs");
        List<Field> all = cidrs.items();
        if (all.isEmpty()) {
            errors.required(cidrs, "at least one CIDR required");
            return;
        }
        if (all.size() > 2) {
            errors.invalid(cidrs, Json.object().set("CIDRs", cidrs.value()), "may only hold up to 2 values");
            return;
        }
        all.forEach(each -> Addresses.canonicalCidr(each, errors));
        if (all.size() == 2
                && all.stream().allMatch(each -> Addresses.isCidr(each.text()))
                && all.get(0).text().contains(":") == all.get(1).text().contains(":")) {
            errors.invalid(
                    cidrs, "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        Field cidrs = next.at("spec", "cidrs");
        List<Field> now = cidrs.items();
        List<Field> before = current.at("spec", "cidrs").items();
        boolean grown = before.size() == 1 && now.size() == 2;
        if (now.size() != before.size() && !grown) {
            errors.invalid(cidrs, cidrs.absent() ? null : cidrs.value(), "field is immutable");
            return;
        }
        for (int i = 0; i < before.size(); i++) {
            errors.immutable(now.get(i), before.get(i));
        }
        if (grown) {
            create(next, errors);
        }
    }
}
