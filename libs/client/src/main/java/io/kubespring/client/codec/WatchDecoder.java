package io.kubespring.client.codec;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import reactor.core.publisher.Flux;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * Decodes the newline-separated events of a watch. An ERROR event ends the stream with its StatusException, one that is
 * no event with an {@link UnusableEventException}. What follows the last newline is half an event and left out.
 */
public final class WatchDecoder {

    private WatchDecoder() {}

    public static <T> Flux<WatchEvent<T>> decode(Flux<byte[]> body, ObjectCodec<T> codec) {
        return Flux.defer(() -> {
            var splitter = new LineSplitter();
            return body.concatMapIterable(splitter::feed, 1).map(line -> decodeOrFail(line, codec));
        });
    }

    private static <T> WatchEvent<T> decodeOrFail(byte[] line, ObjectCodec<T> codec) {
        try {
            return decodeLine(line, codec);
        } catch (StatusException error) {
            throw error;
        } catch (RuntimeException unreadable) {
            throw new UnusableEventException(unreadable);
        }
    }

    static <T> WatchEvent<T> decodeLine(byte[] line, ObjectCodec<T> codec) {
        try (JsonParser parser = Json.mapper().createParser(line)) {
            parser.nextToken();
            if (parser.nextToken() == JsonToken.PROPERTY_NAME
                    && parser.currentName().equals("type")) {
                parser.nextToken();
                String type = parser.getString();
                if (parser.nextToken() == JsonToken.PROPERTY_NAME && !type.equals("ERROR")) {
                    parser.nextToken();
                    return new WatchEvent<>(WatchEvent.Type.valueOf(type), codec.read(parser));
                }
            }
        }
        return decodeTree(Json.mapper().readTree(line), codec);
    }

    private static <T> WatchEvent<T> decodeTree(JsonNode event, ObjectCodec<T> codec) {
        String type = event.path("type").asString("");
        if (type.equals("ERROR")) {
            throw StatusDecoder.decode(event.path("object"));
        }
        return new WatchEvent<>(WatchEvent.Type.valueOf(type), codec.fromTree(event.path("object")));
    }
}
