package io.kubespring.apiserver.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The checklist is what the tests say, and nobody can leave a resource out of it. */
class KindsDocumentTest {

    @Test
    void theChecklistIsUpToDate() throws IOException {
        Path document = root().resolve("docs/kinds.md");
        Path fresh = root().resolve("services/apiserver/target/kinds.md");
        String text = new KindsDocument().render();
        Files.createDirectories(fresh.getParent());
        Files.writeString(fresh, text);
        assertThat(Files.exists(document) ? Files.readString(document) : "")
                .as("docs/kinds.md is stale: cp services/apiserver/target/kinds.md docs/kinds.md")
                .isEqualTo(text);
    }

    @Test
    void everyRowIsTickedOrHasAReason() {
        assertThat(new KindsDocument().gaps())
                .as("aspects without a tick or a reason; see KindSample")
                .isEmpty();
    }

    @Test
    void everySampleIsOfAServedResource() throws IOException {
        Set<String> served =
                Catalog.builtIn().all().stream().map(KindSamples::fileName).collect(Collectors.toSet());
        try (var files = Files.list(root().resolve("services/apiserver/src/test/resources/kinds"))) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .filteredOn(each -> each.endsWith(".yaml"))
                    .isSubsetOf(served);
        }
    }

    @Test
    void everyCoveredResourceIsServed() {
        Set<String> served = Catalog.builtIn().all().stream()
                .map(each -> (each.kind().group().isEmpty() ? "" : each.kind().group() + "/") + each.plural())
                .collect(Collectors.toSet());
        assertThat(NamedTests.find()).extracting(NamedTests.Named::resource).isSubsetOf(served);
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("kubespring"))) {
            here = here.getParent();
        }
        return here;
    }
}
