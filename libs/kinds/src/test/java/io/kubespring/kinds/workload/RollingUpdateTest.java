package io.kubespring.kinds.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.kubespring.api.json.Json;
import io.kubespring.kinds.service.PortRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollingUpdateTest {

    @ParameterizedTest
    @CsvSource({
        "25%, 25%, 3, 1, 0",
        "25%, 25%, 4, 1, 1",
        "25%, 25%, 10, 3, 2",
        "0, 0, 5, 0, 1",
        "0%, 1%, 5, 0, 1",
        "2, 9, 5, 2, 5",
        "100%, 0, 3, 3, 0",
    })
    void surgeRoundsUpAndUnavailableDown(String surge, String unavailable, int replicas, int up, int down) {
        assertThat(RollingUpdate.resolve(value(surge), value(unavailable), replicas))
                .isEqualTo(new RollingUpdate(up, down));
    }

    @Test
    void hashIgnoresOrderAndEmptyValues() {
        String hash = TemplateHash.of(Json.read("{\"a\":1,\"b\":{\"c\":[1,2]},\"d\":{}}"), null);
        assertThat(TemplateHash.of(Json.read("{\"b\":{\"c\":[1,2]},\"a\":1,\"e\":null}"), null))
                .isEqualTo(hash);
        assertThat(TemplateHash.of(Json.read("{\"b\":{\"c\":[2,1]},\"a\":1}"), null))
                .isNotEqualTo(hash);
        assertThat(TemplateHash.of(Json.read("{\"a\":1,\"b\":{\"c\":[1,2]}}"), 1))
                .isNotEqualTo(hash);
        assertThat(hash).matches("[bcdfghjklmnpqrstvwxz2456789]{1,10}");
    }

    @Test
    void lowerBandOfAPortRange() {
        assertThat(PortRange.NODE_PORTS.staticBand()).isEqualTo(86);
        assertThat(new PortRange(1, 10).staticBand()).isZero();
        assertThat(new PortRange(1, 20).staticBand()).isEqualTo(16);
        assertThat(PortRange.parse("30000-32767")).isEqualTo(PortRange.NODE_PORTS);
    }

    private static IntOrString value(String text) {
        return text.endsWith("%") ? new IntOrString(text) : new IntOrString(Integer.parseInt(text));
    }
}
