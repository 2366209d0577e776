package io.kubespring.apiserver.allocation;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.RandomSource;
import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.service.AddressRange;
import io.kubespring.kinds.service.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * ClusterIPs: each is an {@code IPAddress} object named after it (KEP 1880), made before the Service that holds it and
 * deleted after it.
 */
public final class Addresses {

    private final Ledger ledger;
    private final ServiceRanges ranges;
    private final RandomSource random;
    private final AllocationMetrics metrics;

    Addresses(Ledger ledger, ServiceRanges ranges, RandomSource random, AllocationMetrics metrics) {
        this.ledger = ledger;
        this.ranges = ranges;
        this.random = random;
        this.metrics = metrics;
    }

    public ServiceRanges ranges() {
        return ranges;
    }

    Ledger ledger() {
        return ledger;
    }

    /** A free address for the Service if this attempt is stored; null if none was found, and the attempt will fail. */
    public @Nullable String choose(IpFamily family, Holder holder, Context attempt) {
        var numbers = new ArrayList<FreeNumbers>();
        for (AddressRange range : ranges.usable(family)) {
            FreeNumbers free = numbers(range);
            String address = free.hold(ledger, random);
            if (address != null) {
                attempt.claim(new LedgerClaim(ledger, address, holder, null, metrics.address(range)));
                return address;
            }
            metrics.address(range).failed(false);
            numbers.add(free);
        }
        attempt.claim(new FullClaim(
                ledger,
                numbers,
                () -> StatusException.internal(
                        "Internal error occurred: failed to allocate a serviceIP: range is full")));
        return null;
    }

    /**
     * Claims the address that the user named.
     *
     * @param refusal makes the answer from what is wrong with the address
     * @throws StatusException where it lies in no range
     */
    public void claim(String address, Holder holder, Context attempt, Function<String, StatusException> refusal) {
        AddressRange range = ranges.of(address);
        if (range == null) {
            throw refusal.apply("the provided network does not match the current range");
        }
        if (range.offsetOf(address) < 0) {
            metrics.address(range).failed(true);
            throw refusal.apply(
                    "the provided IP (" + address + ") is not in the valid range. The range of valid IPs is " + range);
        }
        attempt.claim(new LedgerClaim(
                ledger,
                address,
                holder,
                () -> refusal.apply("provided IP is already allocated"),
                metrics.address(range)));
    }

    /** Gives back what a Service held. */
    public void release(List<String> addresses, Holder holder, Context written) {
        addresses.forEach(each -> written.awaitBeforeAnswer(ledger.releaseOf(each, holder)));
    }

    private static FreeNumbers numbers(AddressRange range) {
        return new FreeNumbers(range.firstUsable(), range.dynamicStart(), range.lastUsable(), range::addressAt);
    }
}
