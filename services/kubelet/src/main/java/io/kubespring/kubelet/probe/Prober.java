package io.kubespring.kubelet.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;

/** Asks once. */
interface Prober {

    /**
     * What came of asking.
     *
     * @param error the question could not be put; counts as a failure
     */
    record Outcome(boolean success, boolean error, String output) {
        static Outcome ok(String output) {
            return new Outcome(true, false, output);
        }

        static Outcome failed(String output) {
            return new Outcome(false, false, output);
        }

        static Outcome errored(String output) {
            return new Outcome(false, true, output);
        }
    }

    Outcome probe(Probe probe, Container container, String containerId, String podIp, Duration timeout);
}
