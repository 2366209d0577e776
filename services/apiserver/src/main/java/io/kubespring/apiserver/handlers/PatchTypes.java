package io.kubespring.apiserver.handlers;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.request.MediaTypes;
import io.kubespring.client.PatchType;
import java.util.Arrays;

/** Which patch a request's Content-Type says. */
public final class PatchTypes {

    private PatchTypes() {}

    /** @throws StatusException 415 for what is no patch */
    public static PatchType of(Call call) {
        PatchType type = PatchType.of(MediaTypes.bare(call.request().headers().first("content-type")));
        if (type == null) {
            throw MediaTypes.unsupported(
                    Arrays.stream(PatchType.values()).map(PatchType::mediaType).toList());
        }
        return type;
    }
}
