package io.kubespring.apiserver.registry;

import io.kubespring.api.error.StatusException;

/** Whether a body is about what the request's path names. */
public final class PathMatch {

    private PathMatch() {}

    /**
     * @param inBody empty if the body names nothing, which is refused
     * @throws StatusException 400
     */
    public static void name(String inBody, String inPath) {
        if (inBody.isEmpty()) {
            throw StatusException.badRequest(
                    "the name of the object (" + inPath + " based on URL) was undeterminable: name must be provided");
        }
        if (!inBody.equals(inPath)) {
            throw StatusException.badRequest(
                    "the name of the object (" + inBody + ") does not match the name on the URL (" + inPath + ")");
        }
    }

    /**
     * @param inBody empty if the body does not say, which is right
     * @throws StatusException 400
     */
    public static void namespace(String inBody, String inPath) {
        if (!inBody.isEmpty() && !inBody.equals(inPath)) {
            throw StatusException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
    }
}
