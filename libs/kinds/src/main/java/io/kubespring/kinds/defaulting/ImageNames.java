package io.kubespring.kinds.defaulting;

/** How an image's name decides its pull policy: without tag or digest, or tagged latest, it is always pulled. */
final class ImageNames {

    private ImageNames() {}

    static String pullPolicy(String image) {
        return isLatest(image) ? "Always" : "IfNotPresent";
    }

    private static boolean isLatest(String image) {
        if (image.contains("@")) {
            return false;
        }
        int colon = image.lastIndexOf(':');
        // A colon before the last slash belongs to the registry's port.
        return colon <= image.lastIndexOf('/') || image.substring(colon + 1).equals("latest");
    }
}
