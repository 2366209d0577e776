package io.kubespring.apiserver.encoding;

import io.kubespring.apimachinery.cbor.Cbor;
import io.kubespring.apimachinery.protobuf.Protobuf;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.Negotiation.Accepted;
import io.kubespring.apiserver.request.Representation;
import io.kubespring.apiserver.request.Representation.Encoding;
import reactor.core.publisher.Flux;

/**
 * The last step of an answer: handlers that have nothing better give JSON, and here it becomes what the client asked for.
 * Errors too: a client that reads protobuf only reads its errors so.
 */
public final class AnswerEncoder {

    private static final int FIRST_ERROR = 400;

    private AnswerEncoder() {}

    public static ApiResponse encode(ApiResponse answer, Accepted accepted) {
        return switch (answer) {
            case ApiResponse.Bytes bytes
            when bytes.contentType().equals(ApiResponse.JSON) -> whole(bytes, wanted(bytes, accepted));
            case ApiResponse.Streamed streamed
            when streamed.contentType().equals(ApiResponse.JSON) && !streamed.longRunning() ->
                wanted(streamed, accepted).pretty() ? indented(streamed) : streamed;
            case ApiResponse.Bytes other -> other;
            case ApiResponse.Streamed other -> other;
            case ApiResponse.Direct other -> other;
        };
    }

    private static Representation wanted(ApiResponse answer, Accepted accepted) {
        return answer.status() >= FIRST_ERROR ? accepted.untransformed() : accepted.wantedOrPlain();
    }

    /** The same for what has one shape only. */
    public static ApiResponse untransformed(ApiResponse.Bytes answer, Accepted accepted) {
        return whole(answer, accepted.untransformed());
    }

    private static ApiResponse whole(ApiResponse.Bytes answer, Representation wanted) {
        if (wanted.encoding() == Encoding.JSON && !wanted.pretty()) {
            return answer;
        }
        byte[] body = document(answer.body(), wanted.encoding());
        return body == answer.body()
                ? wanted.pretty() ? with(answer, Encoding.JSON, PrettyJson.whole(body)) : answer
                : with(answer, wanted.encoding(), body);
    }

    /** A JSON document in another encoding; itself if it has no such form. */
    public static byte[] document(byte[] json, Encoding encoding) {
        return switch (encoding) {
            case JSON -> json;
            case YAML -> YamlText.of(json);
            case PROTOBUF -> {
                byte[] encoded = Protobuf.encode(json);
                yield encoded == null ? json : encoded;
            }
            case CBOR -> Cbor.document(Cbor.item(json));
        };
    }

    private static ApiResponse with(ApiResponse.Bytes answer, Encoding encoding, byte[] body) {
        return new ApiResponse.Bytes(answer.status(), encoding.mediaType(), answer.headers(), body);
    }

    private static ApiResponse indented(ApiResponse.Streamed answer) {
        return new ApiResponse.Streamed(
                answer.status(),
                answer.contentType(),
                answer.headers(),
                Flux.defer(() -> answer.body().map(new PrettyJson()::piece)),
                false);
    }
}
