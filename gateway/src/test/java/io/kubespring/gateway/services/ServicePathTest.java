package io.kubespring.gateway.services;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServicePathTest {

    @Test
    void namesAServiceAndItsPath() {
        assertThat(ServicePath.parse("/services/scheduler/actuator"))
                .isEqualTo(new ServicePath("scheduler", "/actuator"));
        assertThat(ServicePath.parse("/services/kubelet-1/actuator/metrics/jvm.memory.used"))
                .isEqualTo(new ServicePath("kubelet-1", "/actuator/metrics/jvm.memory.used"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/services/a/actuator/",
                "/services/a/actuator/..",
                "/services/a/actuator/.hidden",
                "/services/a/actuator/./b",
                "/services/a/actuator//b",
                "/services/a/actuator/%2e%2e/b",
                "/services/a/actuatorx",
                "/services/a/metrics",
                "/services/A/actuator",
                "/services//actuator",
                "/services/a\\b/actuator",
            })
    void anyOtherSpellingIsNone(String path) {
        assertThat(ServicePath.parse(path)).isNull();
    }
}
