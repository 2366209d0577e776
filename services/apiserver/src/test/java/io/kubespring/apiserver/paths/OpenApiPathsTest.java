package io.kubespring.apiserver.paths;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.handlers.PathHandlers;
import io.kubespring.apiserver.openapi.OpenApiDocuments;
import io.kubespring.apiserver.openapi.Served;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.Headers;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class OpenApiPathsTest {

    private static final String POLICY = "/openapi/v3/apis/policy/v1";

    private final OpenApiDocuments documents =
            new OpenApiDocuments(Catalog.builtIn(), new Served(false, type -> false), "v1.36.0");
    private final PathHandlers paths = new PathHandlers();

    OpenApiPathsTest() {
        OpenApiPaths.register(paths, documents, Schedulers.immediate());
    }

    @Test
    void theIndexAnswers() {
        assertThat(get("/openapi/v3", "application/json, */*").status()).isEqualTo(200);
        assertThat(get("/openapi/v3/", "").status()).isEqualTo(200);
    }

    @Test
    void aDocumentByItsHashIsKeptForEver() {
        ApiResponse answer = get(Objects.requireNonNull(documents.location(POLICY)), "application/json");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsSequence("Cache-Control", "public, immutable, max-age=31536000");
        assertThat(get(POLICY, "application/json").headers()).doesNotContain("Cache-Control");
    }

    @Test
    void anOldHashIsSentOnToTheNewOne() {
        ApiResponse answer = get(POLICY + "?hash=OLD", "application/json");
        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.headers()).containsExactly("Location", documents.location(POLICY));
    }

    @Test
    void tellsAbsentFromUnacceptable() {
        assertThat(get("/openapi/v3/apis/none/v1", "application/json").status()).isEqualTo(404);
        assertThat(get(POLICY, "text/html").status()).isEqualTo(406);
    }

    @Test
    void whoHasADocumentIsToldSo() {
        String tag = '"' + Objects.requireNonNull(documents.etag(POLICY, "application/json")) + '"';
        for (String shown : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
            ApiResponse answer = get(POLICY, "application/json", shown);
            assertThat(answer.status()).as(shown).isEqualTo(304);
            assertThat(answer.headers()).contains("Etag", tag, "Vary", "Accept");
        }
        assertThat(get(POLICY, "application/json", "\"other\"").status()).isEqualTo(200);
    }

    private ApiResponse get(String uri, String accept) {
        return get(uri, accept, "");
    }

    private ApiResponse get(String uri, String accept, String known) {
        int question = uri.indexOf('?');
        return Objects.requireNonNull(paths.handle(ApiRequest.of(
                        "GET",
                        question < 0 ? uri : uri.substring(0, question),
                        question < 0 ? null : uri.substring(question + 1),
                        Headers.of(Map.of("accept", accept, "if-none-match", known)),
                        Mono.empty(),
                        UserInfo.of("ann")))
                .block());
    }
}
