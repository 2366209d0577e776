package io.kubespring.apiserver.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinedFramesTest {

    private final JoinedFrames joined = new JoinedFrames();
    private final byte[] one = bytes("one\n");
    private final byte[] two = bytes("two\n");
    private final byte[] three = bytes("three\n");

    @Test
    void framesAreJoinedInOrder() {
        assertThat(joined.of(List.of(one, two, three))).isEqualTo(bytes("one\ntwo\nthree\n"));
        assertThat(joined.of(List.of(two, one))).isEqualTo(bytes("two\none\n"));
    }

    @Test
    void watchersWhoWantTheSameShareOnePiece() {
        byte[] first = joined.of(List.of(one, two));
        assertThat(joined.of(List.of(one, two))).isSameAs(first);
        assertThat(joined.of(List.of(one, three))).isEqualTo(bytes("one\nthree\n"));
        assertThat(joined.of(List.of(one, two, three))).isEqualTo(bytes("one\ntwo\nthree\n"));
    }

    @Test
    void aSingleFrameIsNotCopied() {
        assertThat(joined.of(List.of(one))).isSameAs(one);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
