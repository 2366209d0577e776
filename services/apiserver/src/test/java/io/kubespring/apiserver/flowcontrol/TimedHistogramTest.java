package io.kubespring.apiserver.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimedHistogramTest {

    private final TimedHistogram histogram = new TimedHistogram(new double[] {0, 0.5, 1}, 100);

    @Test
    void everyNanosecondIsObservedAtItsEnd() {
        histogram.set(1, 4, 110);
        histogram.set(2, 4, 120);
        histogram.set(3, 4, 125);
        histogram.set(8, 4, 130);
        var reading = histogram.read(200);
        assertThat(reading.nanos()).containsExactly(10, 15, 5, 70);
        assertThat(reading.sum()).isEqualTo(10 * 0.25 + 5 * 0.5 + 5 * 0.75 + 70 * 2.0);
    }

    @Test
    void aPartOfNothingIsNothing() {
        histogram.set(3, 0, 110);
        assertThat(histogram.read(120).nanos()).containsExactly(20, 0, 0, 0);
    }

    @Test
    void whatWasReadStaysAsItWas() {
        var first = histogram.read(110);
        histogram.read(120);
        assertThat(first.nanos()).containsExactly(10, 0, 0, 0);
    }
}
