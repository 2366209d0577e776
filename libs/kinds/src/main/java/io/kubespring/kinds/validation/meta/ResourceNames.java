package io.kubespring.kinds.validation.meta;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import java.util.Set;

/**
 * Names of resources. Those without a domain are Kubernetes' own, of which each place takes some; those of another domain
 * are extended ones: counted in whole pieces and never shared.
 */
public final class ResourceNames {

    private static final Set<String> CONTAINER = Set.of("cpu", "memory", "ephemeral-storage");
    private static final Set<String> QUOTA = Set.of(
            "cpu",
            "memory",
            "ephemeral-storage",
            "requests.cpu",
            "requests.memory",
            "requests.storage",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage",
            "pods",
            "resourcequotas",
            "services",
            "replicationcontrollers",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "services.nodeports",
            "services.loadbalancers");
    private static final Set<String> COUNTED = Set.of(
            "pods",
            "services",
            "replicationcontrollers",
            "resourcequotas",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "services.nodeports",
            "services.loadbalancers");

    private ResourceNames() {}

    /** The name of an entry, anywhere. Whether more can be said about it: it is at least a name. */
    public static boolean check(Field entry, Errors errors) {
        return check(entry, entry.name(), errors);
    }

    private static boolean check(Field entry, String name, Errors errors) {
        var messages = Names.qualifiedName(name);
        for (String message : messages) {
            errors.invalid(entry, name, message);
        }
        if (messages.isEmpty() && !name.contains("/") && !isStandard(name)) {
            errors.invalid(entry, name, "must be a standard resource type or fully qualified");
            return false;
        }
        return messages.isEmpty();
    }

    /** Of what a container requests and is limited to. */
    public static void container(Field entry, Errors errors) {
        container(entry, entry.name(), errors);
    }

    /** The same where the name stands in a field. */
    public static void container(Field entry, String name, Errors errors) {
        check(entry, name, errors);
        if (!name.contains("/")) {
            if (!CONTAINER.contains(name) && !isHugePages(name)) {
                errors.invalid(entry, name, "must be a standard resource for containers");
            }
        } else if (!isNative(name) && !isExtended(name)) {
            errors.invalid(entry, name, "doesn't follow extended resource name standard");
        }
    }

    /** Of what a quota limits; objects are counted as {@code count/<plural>.<group>}. */
    public static void quota(Field entry, Errors errors) {
        check(entry, errors);
        if (!entry.name().contains("/") && !isQuota(entry.name())) {
            errors.invalid(entry, entry.name(), "must be a standard resource for quota");
        }
    }

    public static boolean isQuota(String name) {
        return QUOTA.contains(name) || isHugePages(name) || name.startsWith("requests.hugepages-");
    }

    private static boolean isStandard(String name) {
        return isQuota(name) || name.equals("storage");
    }

    public static boolean isHugePages(String name) {
        return name.startsWith("hugepages-");
    }

    /** Kubernetes' own. */
    public static boolean isNative(String name) {
        return !name.contains("/") || name.contains("kubernetes.io/");
    }

    /** Of someone else's domain. */
    public static boolean isExtended(String name) {
        return !isNative(name)
                && !name.startsWith("requests.")
                && Names.qualifiedName("requests." + name).isEmpty();
    }

    /** Whether more of it can be promised than there is. */
    public static boolean isShareable(String name) {
        return isNative(name) && !isHugePages(name);
    }

    /** Whether only whole numbers of it make sense. */
    public static boolean isCounted(String name) {
        return COUNTED.contains(name) || isExtended(name);
    }
}
