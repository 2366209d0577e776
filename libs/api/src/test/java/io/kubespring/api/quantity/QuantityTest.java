package io.kubespring.api.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0Ki, 0",
        "0n, 0",
        "-0, 0",
        "1, 1",
        "+1, 1",
        "100m, 100m",
        "1000m, 1",
        "1500m, 1500m",
        "0.5, 500m",
        ".5, 500m",
        "5., 5",
        "0.1, 100m",
        "1.25, 1250m",
        "0.0001, 100u",
        "0.5Gi, 512Mi",
        "1.5Gi, 1536Mi",
        "1024, 1024",
        "1024Ki, 1Mi",
        "1Gi, 1Gi",
        "1000Ki, 1000Ki",
        "0.5Ki, 512",
        "1Ki, 1Ki",
        "1Ei, 1Ei",
        "1000, 1k",
        "1000000, 1M",
        "1001, 1001",
        "1500, 1500",
        "12000k, 12M",
        "128974848, 128974848",
        "123Mi, 123Mi",
        "1e3, 1e3",
        "1E3, 1e3",
        "100e3, 100e3",
        "1e4, 10e3",
        "1e2, 100",
        "1e-3, 1e-3",
        "1E, 1E",
        "1.2e3, 1200",
        "-1500m, -1500m",
        "-2Gi, -2Gi",
        "0.1n, 1n",
        "1.1n, 2n",
        "-0.1n, -1n",
        "0.1Ki, 102400m",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, 9223372036854775807",
        "10E, 9223372036854775807",
        "1e100, 9223372036854775807",
        "1e-100, 1e-9",
        "00000000000000000000000000000000000000000000000000000000000000000000001, 1",
    })
    void hasOneCanonicalForm(String text, String canonical) {
        assertThat(Quantity.parse(text)).hasToString(canonical);
        assertThat(Quantity.parse(canonical)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "a", "1 ", " 1", "1.2.3", ".", "-", "1Kii", "1ki", "1mm", "1e", "1e3k", "1e+", "Gi", "1K"
            })
    void refusesWhatIsNoQuantity(String text) {
        assertThatThrownBy(() -> Quantity.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesInUpstreamsWords() {
        assertThatThrownBy(() -> Quantity.parse("x"))
                .hasMessage("quantities must match the regular expression "
                        + "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        assertThatThrownBy(() -> Quantity.parse("1ki")).hasMessage("unable to parse quantity's suffix");
        assertThatThrownBy(() -> Quantity.parse("1..2")).hasMessage("unable to parse numeric part of quantity");
    }

    @Test
    void roundsWholeValuesUp() {
        assertThat(Quantity.parse("1500m").value()).isEqualTo(2);
        assertThat(Quantity.parse("1n").milliValue()).isEqualTo(1);
        assertThat(Quantity.parse("2").milliValue()).isEqualTo(2000);
        assertThat(Quantity.parse("1Gi").value()).isEqualTo(1L << 30);
        assertThat(Quantity.parse("9E").milliValue()).isEqualTo(Long.MAX_VALUE);
        assertThat(Quantity.parse("-1500m").value()).isEqualTo(-1);
    }

    @Test
    void addsAndSubtractsExactly() {
        assertThat(Quantity.parse("1Gi").add(Quantity.parse("512Mi"))).hasToString("1536Mi");
        assertThat(Quantity.parse("100m").add(Quantity.parse("0.9"))).hasToString("1");
        assertThat(Quantity.parse("1").subtract(Quantity.parse("1m"))).hasToString("999m");
        assertThat(Quantity.ZERO.add(Quantity.parse("1Gi"))).hasToString("1Gi");
        assertThat(Quantity.parse("1Gi").subtract(Quantity.parse("2Gi"))).hasToString("-1Gi");
    }

    @Test
    void comparesAmountsNotSpelling() {
        assertThat(Quantity.parse("1024Mi")).isEqualTo(Quantity.parse("1Gi")).hasSameHashCodeAs(Quantity.parse("1Gi"));
        assertThat(Quantity.parse("1000m")).isEqualTo(Quantity.of(1)).isEqualByComparingTo(Quantity.ofMilli(1000));
        assertThat(Quantity.parse("1G")).isLessThan(Quantity.parse("1Gi"));
        assertThat(Quantity.parse("1")).isNotEqualTo(Quantity.parse("2"));
    }

    @Test
    void readsAnEndlessNumberQuickly() {
        assertThat(Quantity.parse("1".repeat(1_000_000))).isEqualTo(Quantity.of(Long.MAX_VALUE));
        assertThat(Quantity.parse("0." + "0".repeat(1_000_000) + "1")).hasToString("1n");
    }
}
