package io.kubespring.apiserver.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.error.StatusException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What paths mean, by upstream's table. */
class RequestInfoParserTest {

    private static RequestInfo parse(String method, String uri) {
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        var query = QueryParameters.parse(question < 0 ? null : uri.substring(question + 1));
        return RequestInfoParser.parse(method, path, query);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "GET, /api/v1/namespaces, list, '', v1, '', namespaces, '', ''",
                "GET, /api/v1/namespaces/other, get, '', v1, other, namespaces, '', other",
                "PUT, /api/v1/namespaces/other/finalize, update, '', v1, other, namespaces, finalize, other",
                "PUT, /api/v1/namespaces/other/status, update, '', v1, other, namespaces, status, other",
                "GET, /api/v1/namespaces/other/pods, list, '', v1, other, pods, '', ''",
                "GET, /api/v1/namespaces/other/pods/foo, get, '', v1, other, pods, '', foo",
                "HEAD, /api/v1/namespaces/other/pods/foo, get, '', v1, other, pods, '', foo",
                "GET, /api/v1/pods, list, '', v1, '', pods, '', ''",
                "GET, /api/v1/pods?watch=true, watch, '', v1, '', pods, '', ''",
                "GET, /api/v1/pods?watch=false, list, '', v1, '', pods, '', ''",
                "GET, /api/v1/watch/namespaces/other/pods, watch, '', v1, other, pods, '', ''",
                "GET, /api/v1/namespaces/other/pods/foo/log, get, '', v1, other, pods, log, foo",
                "POST, /api/v1/namespaces/other/pods, create, '', v1, other, pods, '', ''",
                "PATCH, /apis/apps/v1/namespaces/other/deployments/d, patch, apps, v1, other, deployments, '', d",
                "DELETE, /apis/apps/v1/namespaces/other/deployments, deletecollection, apps, v1, other, deployments,"
                        + " '', ''",
                "DELETE, /apis/apps/v1/namespaces/other/deployments/d, delete, apps, v1, other, deployments, '', d",
                "GET, /api/v1/pods?fieldSelector=metadata.name%3Dx, list, '', v1, '', pods, '', x",
                "GET, /api/v1/nodes/n%31, get, '', v1, '', nodes, '', n1",
            })
    void resources(
            String method,
            String uri,
            String verb,
            String group,
            String version,
            String namespace,
            String resource,
            String subresource,
            String name) {
        RequestInfo info = parse(method, uri);
        assertThat(info.resourceRequest()).isTrue();
        assertThat(info.verb()).isEqualTo(verb);
        assertThat(info.apiGroup()).isEqualTo(group);
        assertThat(info.apiVersion()).isEqualTo(version);
        assertThat(info.namespace()).isEqualTo(namespace);
        assertThat(info.resource()).isEqualTo(resource);
        assertThat(info.subresource()).isEqualTo(subresource);
        assertThat(info.name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"/", "/api", "/api/", "/api/v1", "/apis", "/apis/apps", "/apis/apps/v1", "/healthz", "/apiary/v1/pods"})
    void paths(String path) {
        RequestInfo info = parse("GET", path);
        assertThat(info.resourceRequest()).isFalse();
        assertThat(info.verb()).isEqualTo("get");
        assertThat(info.path()).isEqualTo(path);
    }

    @Test
    void theSuffixOfAProxyPathStaysRaw() {
        RequestInfo info = parse("GET", "/api/v1/namespaces/ns/services/s/proxy/a%2Fb/c%20d");
        assertThat(info.subresource()).isEqualTo("proxy");
        assertThat(info.rawSuffix()).isEqualTo("a%2Fb/c%20d");
    }

    @Test
    void malformedEscapesAreRefused() {
        assertThatThrownBy(() -> parse("GET", "/api/v1/pods/%zz")).isInstanceOf(StatusException.class);
        assertThatThrownBy(() -> parse("GET", "/api/v1/pods/%ff")).isInstanceOf(StatusException.class);
        assertThatThrownBy(() -> parse("GET", "/api/v1/pods/%4")).isInstanceOf(StatusException.class);
        assertThatThrownBy(() -> parse("GET", "/api/v1/namespaces/a/services/s%2Fx/proxy/p"))
                .isInstanceOf(StatusException.class);
    }
}
