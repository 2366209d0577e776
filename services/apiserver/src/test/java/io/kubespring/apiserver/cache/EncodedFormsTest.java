package io.kubespring.apiserver.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What was encoded is shared while there is room, and the room is counted in bytes. */
class EncodedFormsTest {

    private final EncodedForms room = new EncodedForms(1_000);
    private final AtomicInteger made = new AtomicInteger();

    private final class Filler extends SharedBytes {
        private final int length;

        Filler(int length) {
            this.length = length;
        }

        @Override
        byte[] make() {
            made.incrementAndGet();
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) length);
            return bytes;
        }
    }

    @Test
    void bytesAreMadeOnceWhileThereIsRoom() {
        var filler = new Filler(100);
        assertThat(filler.get(room)).isSameAs(filler.get(room)).hasSize(100);
        assertThat(made).hasValue(1);
        assertThat(room.held()).isEqualTo(100);
    }

    @Test
    void noMoreBytesAreHeldThanThereIsRoomFor() {
        for (int i = 0; i < 200; i++) {
            new Filler(1 + i % 120).get(room);
            assertThat(room.held()).isLessThanOrEqualTo(1_000);
        }
    }

    @Test
    void whatIsLongestUnreadGoesFirstAndCanBeMadeAgain() {
        var read = new Filler(100);
        var unread = new Filler(100);
        read.get(room);
        unread.get(room);
        for (int i = 0; i < 8; i++) {
            new Filler(100).get(room);
        }
        read.get(room);
        new Filler(100).get(room);
        new Filler(100).get(room);
        int before = made.get();
        assertThat(read.get(room)).hasSize(100);
        assertThat(made).hasValue(before);
        assertThat(unread.get(room)).containsOnly(100).hasSize(100);
        assertThat(made).hasValue(before + 1);
    }

    @Test
    void oneAnswerCannotFillTheRoom() {
        var large = new Filler(126);
        assertThat(large.get(room)).hasSize(126);
        assertThat(large.get(room)).hasSize(126);
        assertThat(room.held()).isZero();
        assertThat(made).hasValue(2);
    }

    @Test
    void formsOfOneVersionOfAnObjectAreKeptApart() {
        StoredObject pod = StoredObject.read(
                CacheFixture.key("ns", "a"),
                StoredObject.encode(CacheFixture.pod("ns", "a", "", "app")),
                7,
                CacheFixture.PODS);
        byte[] one = room.of(pod, "one", (form, object) -> form.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        byte[] two = room.of(pod, "two", (form, object) -> form.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(one).asString().isEqualTo("one");
        assertThat(two).asString().isEqualTo("two");
        assertThat(room.of(pod, "one", (form, object) -> new byte[0])).isSameAs(one);
    }

    @Test
    void metadataIsCutOutOfTheStoredBytes() {
        StoredObject pod = StoredObject.read(
                "/registry/pods/ns/a",
                "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\",\"labels\":{\"x\":\"}\"}},\"spec\":{}}"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                7,
                CacheFixture.PODS);
        assertThat(new String(pod.metadataJson(9), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("{\"resourceVersion\":\"9\",\"name\":\"a\",\"labels\":{\"x\":\"}\"}}");
    }
}
