package io.kubespring.apiserver.fuzz;

import io.kubespring.testing.fuzz.Corpus;
import io.kubespring.testing.fuzz.Jazzer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Garbage in every part of a request gets a precise Status or means something after all; the server stays up. */
class GarbageTest {

    private static Victim victim;

    @BeforeAll
    static void start() {
        victim = new Victim();
    }

    @AfterAll
    static void stop() {
        victim.close();
    }

    static Stream<Arguments> corpus() {
        return Arrays.stream(FuzzTarget.values())
                .flatMap(target -> Corpus.of(GarbageTest.class, target.directory()).stream()
                        .map(input -> Arguments.of(target, input)));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void isAnsweredByAStatus(FuzzTarget target, Corpus.Input input) {
        target.check(victim, input.bytes());
    }

    @ParameterizedTest
    @EnumSource(FuzzTarget.class)
    @Tag("long")
    void thatNobodyHasThoughtOfIsToo(FuzzTarget target) throws IOException, InterruptedException {
        Jazzer.run(
                FuzzProcess.class,
                target.directory(),
                List.of("io.kubespring.**", "org.yaml.snakeyaml.**", "tools.jackson.**"));
    }
}
