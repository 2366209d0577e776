package io.kubespring.apiserver.allocation;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.RandomSource;
import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.service.PortRange;
import java.util.List;
import java.util.function.Function;

/**
 * Node ports, those of health checks included. One key a port in the store, where upstream has one bitmap for all: two
 * servers that take different ports never meet.
 */
public final class NodePorts {

    private final Ledger ledger;
    private final PortRange range;
    private final FreeNumbers numbers;
    private final RandomSource random;
    private final AllocationMetrics.Meters meters;

    NodePorts(Ledger ledger, PortRange range, RandomSource random, AllocationMetrics metrics) {
        this.ledger = ledger;
        this.range = range;
        this.random = random;
        meters = metrics.ports();
        numbers = new FreeNumbers(range.first(), range.first() + range.staticBand(), range.last(), Long::toString);
    }

    Ledger ledger() {
        return ledger;
    }

    PortRange range() {
        return range;
    }

    /**
     * A free port for the Service if this attempt is stored; 0 if none was found, and the attempt will fail.
     *
     * @param what "nodePort"
     */
    public int choose(String what, Holder holder, Context attempt) {
        String port = numbers.hold(ledger, random);
        if (port != null) {
            attempt.claim(new LedgerClaim(ledger, port, holder, null, meters));
            return Integer.parseInt(port);
        }
        meters.failed(false);
        attempt.claim(new FullClaim(
                ledger,
                List.of(numbers),
                () -> StatusException.internal(
                        "Internal error occurred: failed to allocate a " + what + ": range is full")));
        return 0;
    }

    /**
     * Claims the port that the user named.
     *
     * @param refusal makes the answer from what is wrong with the port
     * @throws StatusException where it lies outside the range
     */
    public void claim(int port, Holder holder, Context attempt, Function<String, StatusException> refusal) {
        if (!range.contains(port)) {
            meters.failed(true);
            throw refusal.apply("provided port is not in the valid range. The range of valid ports is " + range);
        }
        attempt.claim(new LedgerClaim(
                ledger,
                Integer.toString(port),
                holder,
                () -> refusal.apply("provided port is already allocated"),
                meters));
    }

    /** Gives back what a Service held. */
    public void release(List<Integer> ports, Holder holder, Context written) {
        ports.forEach(each -> written.awaitBeforeAnswer(ledger.releaseOf(Integer.toString(each), holder)));
    }
}
