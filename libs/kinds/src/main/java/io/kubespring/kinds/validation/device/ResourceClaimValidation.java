package io.kubespring.kinds.validation.device;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.ConditionValidation;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.NameChecks;
import io.kubespring.kinds.validation.meta.NodeSelectors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * ResourceClaims (KEP-4381): what is asked for is fixed; what was allocated is written once, reserved for some only then,
 * and may be taken back.
 */
public final class ResourceClaimValidation implements KindValidation {

    private static final int RESERVED_MAX = 256;
    private static final int CONDITIONS_MAX = 8;
    private static final int DATA_MAX = 10 * 1024;
    private static final int INTERFACE_MAX = 256;
    private static final int HARDWARE_MAX = 128;

    @Override
    public void create(Field claim, Errors errors) {
        ClaimRules.check(claim.at("spec"), errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        errors.immutable(next.at("spec"), current.at("spec"));
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        Field status = next.at("status");
        Field reserved = status.at("reservedFor");
        Field allocation = status.at("allocation");
        Lists.set(
                reserved,
                RESERVED_MAX,
                each -> consumer(each, errors),
                each -> each.at("uid").text(),
                errors);
        Set<String> allocated = new HashSet<>();
        allocation.at("devices", "results").items().forEach(each -> allocated.add(id(each)));
        Lists.set(
                status.at("devices"),
                Integer.MAX_VALUE,
                each -> device(each, allocated, errors),
                ResourceClaimValidation::id,
                errors);
        if (!reserved.empty()) {
            reserved(next, current, errors);
        }
        Field before = current.at("status", "allocation");
        if (before.present() && allocation.present()) {
            errors.immutable(allocation, before);
        } else if (allocation.present()) {
            allocation(allocation, new ClaimRules(next.at("spec"), errors), errors);
        }
    }

    private static void reserved(Field next, Field current, Errors errors) {
        Field reserved = next.at("status", "reservedFor");
        if (next.at("status", "allocation").absent()) {
            errors.forbidden(reserved, "may not be specified when `allocated` is not set");
        } else if (next.at("metadata", "deletionTimestamp").present()) {
            List<Field> before = current.at("status", "reservedFor").items();
            boolean more =
                    reserved.items().stream().anyMatch(each -> before.stream().noneMatch(each::sameAs));
            if (more) {
                errors.forbidden(
                        reserved,
                        "new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set");
            }
        }
    }

    private static void consumer(Field consumer, Errors errors) {
        for (String each : List.of("resource", "name", "uid")) {
            if (consumer.at(each).empty()) {
                errors.required(consumer.at(each), "");
            }
        }
    }

    private static String id(Field device) {
        String share = device.at("shareID").text();
        return device.at("driver").text() + "/" + device.at("pool").text() + "/"
                + device.at("device").text() + (share.isEmpty() ? "" : "/" + share);
    }

    private static void device(Field device, Set<String> allocated, Errors errors) {
        identity(device, errors);
        if (!allocated.contains(id(device))) {
            errors.invalid(device, id(device), "must be an allocated device in the claim");
        }
        Field conditions = device.at("conditions");
        if (conditions.items().size() > CONDITIONS_MAX) {
            errors.tooMany(conditions, conditions.items().size(), CONDITIONS_MAX);
        }
        ConditionValidation.check(conditions, errors);
        if (device.at("data").present()) {
            DeviceRules.parameters(device.at("data"), DATA_MAX, errors);
        }
        Field network = device.at("networkData");
        if (network.at("interfaceName").text().length() > INTERFACE_MAX) {
            errors.tooLong(network.at("interfaceName"), INTERFACE_MAX);
        }
        if (network.at("hardwareAddress").text().length() > HARDWARE_MAX) {
            errors.tooLong(network.at("hardwareAddress"), HARDWARE_MAX);
        }
    }

    private static void identity(Field device, Errors errors) {
        NameChecks.csiDriver(device.at("driver"), errors);
        DeviceNames.pool(device.at("pool"), errors);
        DeviceNames.label(device.at("device"), errors);
        if (device.at("shareID").present()) {
            DeviceNames.uid(device.at("shareID"), errors);
        }
    }

    private static void allocation(Field allocation, ClaimRules claim, Errors errors) {
        Lists.bounded(
                allocation.at("devices", "results"),
                DeviceRules.ALL_MAX,
                each -> {
                    claim.reference(each.at("request"));
                    identity(each, errors);
                    DeviceRules.binding(each, errors);
                    each.at("tolerations").items().forEach(one -> Taints.toleration(one, errors));
                },
                errors);
        Lists.bounded(
                allocation.at("devices", "config"),
                2 * DeviceRules.ALL_MAX,
                each -> {
                    errors.requireOneOf(each.at("source"), List.of("FromClaim", "FromClass"));
                    claim.references(each.at("requests"));
                    DeviceRules.configuration(each, errors);
                },
                errors);
        if (allocation.at("nodeSelector").present()) {
            NodeSelectors.selector(allocation.at("nodeSelector"), errors);
        }
    }
}
