package io.kubespring.apimachinery.patch;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;

/** How a patch that cannot be applied is refused. */
final class PatchErrors {

    private PatchErrors() {}

    /** The patch is well formed but does not fit the object. Upstream tells the client no more than this. */
    static StatusException unprocessable() {
        return new StatusException(
                StatusReason.INVALID, "the server rejected our request due to an error in our request");
    }

    static StatusException badRequest(String message) {
        return StatusException.badRequest(message);
    }
}
