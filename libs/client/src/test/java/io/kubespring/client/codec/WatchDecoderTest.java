package io.kubespring.client.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.error.StatusException;
import io.kubespring.client.Await;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class WatchDecoderTest {

    private static final TypedCodec<Pod> PODS = new TypedCodec<>(Pod.class);

    @Test
    void eventsAreFoundWhateverTheChunksAre() {
        String stream = event("ADDED", "é") + event("MODIFIED", "b") + event("BOOKMARK", "c");
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size < bytes.length; size += 7) {
            List<WatchEvent<Pod>> events = decode(chunks(bytes, size));
            assertThat(events)
                    .extracting(WatchEvent::type)
                    .containsExactly(WatchEvent.Type.ADDED, WatchEvent.Type.MODIFIED, WatchEvent.Type.BOOKMARK);
            assertThat(events.getFirst().object().getMetadata().getName()).isEqualTo("é");
        }
    }

    @Test
    void orderOfFieldsDoesNotMatter() {
        String line = "{\"object\":{\"metadata\":{\"name\":\"a\"}},\"type\":\"DELETED\"}\n";
        List<WatchEvent<Pod>> events = decode(Flux.just(line.getBytes(StandardCharsets.UTF_8)));
        assertThat(events.getFirst().type()).isEqualTo(WatchEvent.Type.DELETED);
        assertThat(events.getFirst().object().getMetadata().getName()).isEqualTo("a");
    }

    @Test
    void errorEndsTheStreamAsTheStatusItCarries() {
        String line = "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\","
                + "\"message\":\"too old resource version: 1 (5)\"}}\n";
        Flux<byte[]> body = Flux.just((event("ADDED", "a") + line).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> decode(body))
                .isInstanceOfSatisfying(
                        StatusException.class, error -> assertThat(error.code()).isEqualTo(410))
                .hasMessage("too old resource version: 1 (5)");
    }

    private static List<WatchEvent<Pod>> decode(Flux<byte[]> body) {
        return Await.value(WatchDecoder.decode(body, PODS).collectList());
    }

    private static Flux<byte[]> chunks(byte[] bytes, int size) {
        return Flux.range(0, (bytes.length + size - 1) / size)
                .map(i -> java.util.Arrays.copyOfRange(bytes, i * size, Math.min(bytes.length, (i + 1) * size)));
    }

    private static String event(String type, String name) {
        return "{\"type\":\"" + type + "\",\"object\":{\"kind\":\"Pod\",\"metadata\":{\"name\":\"" + name + "\"}}}\n";
    }
}
