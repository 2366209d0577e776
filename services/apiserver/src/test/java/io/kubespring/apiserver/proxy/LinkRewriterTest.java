package io.kubespring.apiserver.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links of a page at the root of a proxied Pod, whose own address is 10.1.0.1:80. */
class LinkRewriterTest {

    private static final String PREFIX = "/api/v1/namespaces/a/pods/web:80/proxy";
    private final LinkRewriter links = new LinkRewriter(PREFIX, "10.1.0.1:80", "api.example:6443");

    @ParameterizedTest
    @CsvSource({
        "/x, P/x",
        "/x/, P/x/",
        "/, P/",
        "/x?q=/y#/z, P/x?q=/y#/z",
        "http://10.1.0.1:80/x, P/x",
        "//10.1.0.1:80/x, P/x",
        "http://api.example:6443/x, http://api.example:6443P/x",
        "/a/./b//../c, P/a/c",
        "P/already, P/already",
        "x/y, x/y",
        "?q, ?q",
        "#top, #top",
        "http://elsewhere/x, http://elsewhere/x",
        "http://10.1.0.1:80, http://10.1.0.1:80",
        "mailto:a@b, mailto:a@b",
        "data:text/plain;x, data:text/plain;x",
        "/%2F/%20, P/%2F/%20",
    })
    void everyLinkLeadsBackThroughTheProxyOrElsewhere(String link, String expected) {
        assertThat(links.rewrite(link.replace("P", PREFIX))).isEqualTo(expected.replace("P", PREFIX));
    }

    @Test
    void emptyLinksStayEmpty() {
        assertThat(links.rewrite("")).isEmpty();
    }
}
