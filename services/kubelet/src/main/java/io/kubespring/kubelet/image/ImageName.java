package io.kubespring.kubelet.image;

/** What a kubelet must read from an image reference: its registry, and whether it names a version. */
final class ImageName {

    private static final String DEFAULT_REGISTRY = "docker.io";

    private ImageName() {}

    /** The reference with {@code :latest} where it has neither tag nor digest. */
    static String withTag(String reference) {
        return reference.contains("@") || hasTag(reference) ? reference : reference + ":latest";
    }

    static boolean hasTag(String reference) {
        return reference.lastIndexOf(':') > reference.lastIndexOf('/');
    }

    /** The host part, or Docker Hub where the first part names no host. */
    static String registry(String reference) {
        int slash = reference.indexOf('/');
        if (slash < 0) {
            return DEFAULT_REGISTRY;
        }
        String first = reference.substring(0, slash);
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        return host ? first : DEFAULT_REGISTRY;
    }

    /** Whether the reference could be parsed at all. */
    static boolean isValid(String reference) {
        String name = reference.contains("@") ? reference.substring(0, reference.indexOf('@')) : reference;
        if (hasTag(name)) {
            String tag = name.substring(name.lastIndexOf(':') + 1);
            if (!tag.matches("\\w[\\w.-]{0,127}")) {
                return false;
            }
            name = name.substring(0, name.lastIndexOf(':'));
        }
        String path = name;
        int slash = name.indexOf('/');
        if (slash > 0 && !registry(name).equals(DEFAULT_REGISTRY)) {
            path = name.substring(slash + 1);
        }
        return path.matches("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    }
}
