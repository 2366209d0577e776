package io.kubespring.kubelet.server;

import io.kubespring.kubelet.server.request.Endpoint;
import io.kubespring.kubelet.server.request.Exchange;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /healthz}. */
public final class HealthEndpoint implements Endpoint {

    private final Supplier<@Nullable String> problem;

    /** @param problem null where all is well */
    public HealthEndpoint(Supplier<@Nullable String> problem) {
        this.problem = problem;
    }

    @Override
    public boolean handles(String first) {
        return first.equals("healthz");
    }

    @Override
    public void serve(Exchange exchange) {
        String found = problem.get();
        if (found == null) {
            exchange.text(200, "ok");
        } else {
            exchange.text(500, "[-]runtime failed: " + found + "\nhealthz check failed\n");
        }
    }
}
