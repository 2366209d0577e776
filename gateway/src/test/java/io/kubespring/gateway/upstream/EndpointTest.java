package io.kubespring.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @Test
    void knowsHostAndPort() {
        assertThat(new Endpoint("https://a:6443").origin()).isEqualTo("https://a:6443");
        assertThat(new Endpoint("https://a").port()).isEqualTo(443);
        assertThat(new Endpoint("https://[fd00::1]:6443").host()).isEqualTo("fd00::1");
        assertThat(new Endpoint("https://[fd00::1]:6443")).hasToString("[fd00::1]:6443");
        assertThat(new Endpoint("http://127.0.0.1:6445").origin()).isEqualTo("http://127.0.0.1:6445");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a:6443", "http://a:6443", "http://10.0.0.1:80", "http://127.0.0.1", "https:///x", "ftp://a:1"})
    void identitiesDoNotTravelInTheOpen(String url) {
        assertThatThrownBy(() -> new Endpoint(url)).hasMessageContaining(url);
    }
}
