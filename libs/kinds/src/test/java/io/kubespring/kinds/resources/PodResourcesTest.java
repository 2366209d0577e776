package io.kubespring.kinds.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.kubespring.api.json.Json;
import io.kubespring.kinds.pod.QosClass;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodResourcesTest {

    @Test
    void containersAddUpAndOverheadComesOnTop() {
        assertThat(requests("""
            {"containers":[{"resources":{"requests":{"cpu":"100m","memory":"1Mi"}}},
                           {"resources":{"requests":{"cpu":"1.5","memory":"1Ki","ephemeral-storage":"1k"}}}],
             "overhead":{"cpu":"10m"}}\
            """)).isEqualTo(Map.of("cpu", 1610L, "memory", 1049600L, "ephemeral-storage", 1000L));
    }

    @Test
    void initContainersCountByTheirLargestMomentBesideTheSidecarsBeforeThem() {
        assertThat(requests("""
            {"initContainers":[{"resources":{"requests":{"cpu":"5"}}},
                               {"restartPolicy":"Always","resources":{"requests":{"cpu":"1"}}},
                               {"resources":{"requests":{"cpu":"6"}}}],
             "containers":[{"resources":{"requests":{"cpu":"2"}}}]}\
            """)).containsEntry("cpu", 7000L);
        assertThat(requests("""
            {"initContainers":[{"resources":{"requests":{"cpu":"2"}}},
                               {"restartPolicy":"Always","resources":{"requests":{"cpu":"1"}}}],
             "containers":[{"resources":{"requests":{"cpu":"2"}}}]}\
            """)).containsEntry("cpu", 3000L);
    }

    @Test
    void podLevelResourcesTakeThePlaceOfTheSum() {
        assertThat(requests("""
            {"resources":{"requests":{"cpu":"4"}},
             "containers":[{"resources":{"requests":{"cpu":"2","memory":"1"}}}]}\
            """)).isEqualTo(Map.of("cpu", 4000L, "memory", 1L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"containers\":[{}]} | BEST_EFFORT",
                "{\"containers\":[{\"resources\":{\"requests\":{\"cpu\":\"0\"}}}]} | BEST_EFFORT",
                "{\"containers\":[{\"resources\":{\"requests\":{\"cpu\":\"1\"}}}]} | BURSTABLE",
                "{\"containers\":[{\"resources\":{\"limits\":{\"cpu\":\"1\",\"memory\":\"1Gi\"}}}]} | GUARANTEED",
                "{\"containers\":[{\"resources\":{\"limits\":{\"cpu\":\"1\",\"memory\":\"1Gi\"},"
                        + "\"requests\":{\"cpu\":\"1000m\",\"memory\":\"1Gi\"}}}]} | GUARANTEED",
                "{\"containers\":[{\"resources\":{\"limits\":{\"cpu\":\"1\",\"memory\":\"1Gi\"}}},{}]} | BURSTABLE",
                "{\"resources\":{\"limits\":{\"cpu\":\"1\",\"memory\":\"1Gi\"}},\"containers\":[{}]} | GUARANTEED",
                "{\"containers\":[{\"resources\":{\"requests\":{\"ephemeral-storage\":\"1\"}}}]} | BEST_EFFORT",
            })
    void qualityOfService(String spec, QosClass expected) {
        assertThat(QosClass.of(spec(spec))).isEqualTo(expected);
    }

    private static Map<String, Long> requests(String spec) {
        return PodResources.requests(spec(spec)).asMap();
    }

    private static PodSpec spec(String json) {
        return Json.readValue(json.getBytes(StandardCharsets.UTF_8), PodSpec.class);
    }
}
