package io.kubespring.apiserver.registry;

import static io.kubespring.apiserver.TestServer.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.RandomSource;
import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.TestServer;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** generateName and names that are taken. */
class NameTakenTest {

    private static final int SUFFIX = 5;
    private static final String GENERATED = "{'metadata':{'generateName':'g-'}}";

    /** Draws the same number for as often as it is told to, and counts. */
    private static final class Stuck implements RandomGenerator {
        private final RandomGenerator real = new SplittableRandom(1);
        int drawn;
        int times = Integer.MAX_VALUE;

        @Override
        public long nextLong() {
            return real.nextLong();
        }

        @Override
        public int nextInt(int bound) {
            return drawn++ < times ? 0 : real.nextInt(bound);
        }
    }

    @Test
    void aGeneratedNameThatIsTakenIsTriedAgain() {
        var random = new Stuck();
        try (var server = new TestServer(ApiServerConfig.open(), new RandomSource(random))) {
            random.times = random.drawn + 2 * SUFFIX;
            assertThat(server.post(MAPS, GENERATED).at("/metadata/name").asString())
                    .isEqualTo("g-bbbbb");
            var second = server.post(MAPS, GENERATED);
            assertThat(second.status()).isEqualTo(201);
            assertThat(second.at("/metadata/name").asString()).isNotEqualTo("g-bbbbb");
        }
    }

    @Test
    void afterEightTriesItSaysSo() {
        var random = new Stuck();
        try (var server = new TestServer(ApiServerConfig.open(), new RandomSource(random))) {
            server.post(MAPS, GENERATED);
            int before = random.drawn;
            var reply = server.post(MAPS, GENERATED);
            assertThat(random.drawn - before).isEqualTo(8 * SUFFIX);
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.at("/reason").asString()).isEqualTo("AlreadyExists");
            assertThat(reply.message())
                    .isEqualTo(
                            "configmaps \"g-bbbbb\" already exists, the server was not able to generate a unique name"
                                    + " for the object");
            assertThat(reply.at("/details/retryAfterSeconds").asInt()).isEqualTo(1);
        }
    }

    @Test
    void aNameThatIsBeingDeletedIsSaidToBe() {
        try (var server = new TestServer()) {
            server.post(MAPS, "{'metadata':{'name':'leaving','finalizers':['example.com/f']}}");
            server.delete(MAPS + "/leaving");
            assertThat(server.post(MAPS, "{'metadata':{'name':'leaving'}}").message())
                    .isEqualTo("object is being deleted: configmaps \"leaving\" already exists");
        }
    }

    @Test
    void longPrefixesAreCutSoThatTheNameFits() {
        try (var server = new TestServer()) {
            String name = server.post(MAPS, "{'metadata':{'generateName':'" + "p".repeat(80) + "'}}")
                    .at("/metadata/name")
                    .asString();
            assertThat(name).hasSize(63).startsWith("p".repeat(58));
        }
    }
}
