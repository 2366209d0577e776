package io.kubespring.apiserver.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.documents.AcceptedTypes.MediaType;
import org.junit.jupiter.api.Test;

class AcceptedTypesTest {

    @Test
    void nothingSaidMeansAnything() {
        assertThat(AcceptedTypes.parse(null).types())
                .extracting(MediaType::name)
                .containsExactly("*/*");
        assertThat(AcceptedTypes.parse(" ").types()).extracting(MediaType::name).containsExactly("*/*");
    }

    @Test
    void keepsTheOrderAmongEquals() {
        assertThat(AcceptedTypes.parse("text/html, Application/JSON;as=Table;g=meta.k8s.io, */*")
                        .types())
                .extracting(MediaType::name)
                .containsExactly("text/html", "application/json", "*/*");
    }

    @Test
    void qualityGoesFirst() {
        assertThat(AcceptedTypes.parse("a/a;q=0.2,b/b;q=0.9,c/c;q=x,d/d").types())
                .extracting(MediaType::name)
                .containsExactly("d/d", "b/b", "a/a", "c/c");
    }

    @Test
    void readsParameters() {
        MediaType type = AcceptedTypes.parse("application/json; g=meta.k8s.io;as=Table;odd;q=0.5")
                .types()
                .getFirst();
        assertThat(type.parameter("as")).isEqualTo("Table");
        assertThat(type.parameter("g")).isEqualTo("meta.k8s.io");
        assertThat(type.parameter("v")).isEmpty();
        assertThat(type.quality()).isEqualTo(0.5);
    }

    @Test
    void wildcardsCover() {
        assertThat(type("*/*").covers("application/json")).isTrue();
        assertThat(type("application/*").covers("application/json")).isTrue();
        assertThat(type("text/*").covers("application/json")).isFalse();
        assertThat(type("application/json").covers("application/json")).isTrue();
    }

    private static MediaType type(String accept) {
        return AcceptedTypes.parse(accept).types().getFirst();
    }
}
