package io.kubespring.apiserver.documents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocumentTest {

    @Test
    void equalContentHasAnEqualTag() {
        Document one = Document.of("text/plain", "a".getBytes());
        assertThat(one.etag())
                .isEqualTo(Document.of("text/plain", "a".getBytes()).etag());
        assertThat(one.etag())
                .isNotEqualTo(Document.of("text/plain", "b".getBytes()).etag());
        assertThat(one.quotedEtag()).isEqualTo('"' + one.etag() + '"').hasSize(66);
    }
}
