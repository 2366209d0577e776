package io.kubespring.kinds.validation.pod;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.service.IpFamily;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a kubelet may say of a Pod: a container that ended for good stays ended, and its class of service stays. */
final class PodStatusRule {

    private static final Set<String> SYSTEM_CONDITIONS = Set.of("PodScheduled", "Ready", "Initialized");

    private PodStatusRule() {}

    static void check(Field next, Field current, Errors errors) {
        Field metadata = next.at("metadata");
        PodAnnotations.update(metadata.at("annotations"), current.at("metadata", "annotations"), errors);
        Field status = next.at("status");
        Field old = current.at("status");
        for (Field condition : status.at("conditions").items()) {
            if (!SYSTEM_CONDITIONS.contains(condition.at("type").text())) {
                // Upstream's path is that of metadata, in Go's names.
                Field at = metadata.at("conditions").item(Integer.parseInt(condition.name()));
                errors.invalid(
                        at.at("Type").withValue(condition.at("type").value()),
                        Names.qualifiedName(condition.at("type").text()));
            }
        }
        Field nominated = status.at("nominatedNodeName");
        if (!nominated.empty() && !nominated.sameAs(old.at("nominatedNodeName"))) {
            errors.invalid(nominated, Names.dnsSubdomain(nominated.text()));
        }
        errors.immutable(status.at("qosClass"), old.at("qosClass"));
        Field spec = current.at("spec");
        transitions(status.at("containerStatuses"), old.at("containerStatuses"), spec, "containers", errors);
        transitions(
                status.at("initContainerStatuses"), old.at("initContainerStatuses"), spec, "initContainers", errors);
        transitions(status.at("ephemeralContainerStatuses"), old.at("ephemeralContainerStatuses"), spec, "", errors);
        claims(status.at("resourceClaimStatuses"), spec.at("resourceClaims"), errors);
        addresses(status.at("podIPs"), errors);
        hostAddresses(status, errors);
    }

    /** @param list which containers they are; empty for ephemeral ones, which never restart */
    private static void transitions(Field next, Field current, Field spec, String list, Errors errors) {
        String policy = list.isEmpty() ? "Never" : spec.at("restartPolicy").text();
        if (policy.equals("Always")) {
            return;
        }
        for (Field old : current.items()) {
            Field terminated = old.at("state", "terminated");
            boolean mayRestart = terminated.absent()
                    || (policy.equals("OnFailure") && terminated.at("exitCode").number() != 0)
                    || hasItsOwnPolicy(spec.at(list), old.at("name").text());
            if (mayRestart) {
                continue;
            }
            for (Field now : next.items()) {
                if (now.at("name").sameAs(old.at("name"))
                        && now.at("state", "terminated").absent()) {
                    errors.forbidden(
                            next.item(Integer.parseInt(old.name())).at("state"),
                            "may not be transitioned to non-terminated state");
                }
            }
        }
    }

    /** A sidecar, or a container with rules of its own. */
    private static boolean hasItsOwnPolicy(Field containers, String name) {
        return containers.items().stream()
                .filter(each -> each.at("name").isText(name))
                .anyMatch(each -> each.at("restartPolicy").present()
                        && (!each.at("restartPolicy").isText("Never")
                                || !each.at("restartPolicyRules").empty()));
    }

    private static void claims(Field statuses, Field claims, Errors errors) {
        Set<String> known =
                claims.items().stream().map(each -> each.at("name").text()).collect(Collectors.toSet());
        Set<String> seen = new HashSet<>();
        for (Field status : statuses.items()) {
            Field name = status.at("name");
            if (!known.contains(name.text())) {
                errors.invalid(name, "must match the name of an entry in `spec.resourceClaims`");
            }
            if (!seen.add(name.text())) {
                errors.duplicate(name);
            }
            Field claim = status.at("resourceClaimName");
            if (claim.present()) {
                errors.invalid(name.withValue(claim.value()), Names.dnsSubdomain(claim.text()));
            }
        }
    }

    private static void hostAddresses(Field status, Errors errors) {
        Field addresses = status.at("hostIPs");
        if (addresses.empty()) {
            return;
        }
        Field first = addresses.item(0).at("ip");
        if (!first.sameAs(status.at("hostIP"))) {
            errors.invalid(first, "must be equal to `hostIP`");
        }
        addresses(addresses, errors);
    }

    /** At most one of each family. */
    private static void addresses(Field addresses, Errors errors) {
        List<Field> all = addresses.items();
        for (Field address : all) {
            Addresses.ip(address.withValue(address.at("ip").value()), errors);
        }
        if (all.size() < 2) {
            return;
        }
        boolean dual = all.size() == 2
                && IpFamily.of(all.get(0).at("ip").text())
                        != IpFamily.of(all.get(1).at("ip").text());
        if (!dual) {
            errors.invalid(addresses, "may specify no more than one IP for each IP family");
        }
        Set<String> seen = new HashSet<>();
        for (Field address : all) {
            if (!seen.add(address.at("ip").text())) {
                errors.duplicate(address);
            }
        }
    }
}
