package io.kubespring.kubelet.server.stream;

import io.kubespring.testing.fuzz.Corpus;
import io.kubespring.testing.fuzz.Jazzer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Garbage in the frames of SPDY and of WebSockets: every build replays the corpora, the long tier looks for more. */
class FramingGarbageTest {

    static Stream<Arguments> corpus() {
        return Arrays.stream(FramingTarget.values())
                .flatMap(target -> Corpus.of(FramingGarbageTest.class, target.directory()).stream()
                        .map(input -> Arguments.of(target, input)));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void harmsNobody(FramingTarget target, Corpus.Input input) {
        target.check(input.bytes());
    }

    @ParameterizedTest
    @EnumSource(FramingTarget.class)
    @Tag("long")
    void thatNobodyHasThoughtOfNeither(FramingTarget target) throws IOException, InterruptedException {
        Jazzer.run(
                FramingFuzz.class,
                target.directory(),
                List.of(
                        "io.kubespring.**",
                        "io.netty.handler.codec.http.websocketx.**",
                        "io.netty.handler.codec.spdy.**"));
    }
}
