package io.kubespring.apiserver.handlers;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.apimachinery.cbor.Cbor;
import io.kubespring.apiserver.request.MediaTypes;
import io.kubespring.apiserver.request.Representation.Encoding;
import io.kubespring.client.PatchType;

/** Which patch a request's Content-Type says, and its body in a language that patches are read in. */
public final class PatchTypes {

    private static final String APPLY_CBOR = "application/apply-patch+cbor";

    private PatchTypes() {}

    /** @throws StatusException 415 for what is no patch */
    public static PatchType of(Call call) {
        if (appliesCbor(call)) {
            return PatchType.APPLY;
        }
        PatchType type = PatchType.of(bare(call));
        if (type == null) {
            throw StatusException.notServed(StatusReason.UNSUPPORTED_MEDIA_TYPE, "415: Unsupported Media Type");
        }
        return type;
    }

    /** @throws StatusException 400 for CBOR that is no object */
    public static byte[] body(Call call, byte[] sent) {
        return appliesCbor(call)
                ? Json.write(Cbor.decode(sent, call.type().kind().kind()))
                : sent;
    }

    private static boolean appliesCbor(Call call) {
        return bare(call).equals(APPLY_CBOR) && call.negotiation().serves(Encoding.CBOR);
    }

    private static String bare(Call call) {
        return MediaTypes.bare(call.request().headers().first("content-type"));
    }
}
