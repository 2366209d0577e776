package io.kubespring.dns;

import io.kubespring.api.time.TimeSource;
import io.kubespring.dns.wire.ResponseWriter.Code;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;

/**
 * What DNS counts, with CoreDNS's labels and buckets. Every meter is made beforehand: counting happens on the event loop.
 * Types that are seldom asked for are counted together, as CoreDNS does.
 */
final class DnsMetrics {

    private static final String SERVER = "dns://:53";
    private static final double NANOS = 1e9;
    private static final Map<Integer, String> TYPES = Map.of(
            1, "A", 2, "NS", 5, "CNAME", 6, "SOA", 12, "PTR", 15, "MX", 16, "TXT", 28, "AAAA", 33, "SRV", 255, "ANY");

    /** RCODEs as CoreDNS writes them. */
    private static String text(Code code) {
        return switch (code) {
            case NO_ERROR -> "NOERROR";
            case FORMAT_ERROR -> "FORMERR";
            case SERVER_FAILURE -> "SERVFAIL";
            case NAME_ERROR -> "NXDOMAIN";
            case NOT_IMPLEMENTED -> "NOTIMP";
            case REFUSED -> "REFUSED";
        };
    }

    private final TimeSource time;
    private final Map<Integer, Counter> udp = new TreeMap<>();
    private final Map<Integer, Counter> tcp = new TreeMap<>();
    private final Counter otherUdp;
    private final Counter otherTcp;
    private final Counter[] responses = new Counter[Code.values().length];
    private final DistributionSummary durations;
    private final Counter forwarded;
    private final Counter forwardFailures;

    DnsMetrics(MeterRegistry registry, TimeSource time, String zone) {
        this.time = time;
        TYPES.forEach((number, type) -> {
            udp.put(number, requests(registry, zone, "udp", type));
            tcp.put(number, requests(registry, zone, "tcp", type));
        });
        otherUdp = requests(registry, zone, "udp", "other");
        otherTcp = requests(registry, zone, "tcp", "other");
        for (Code each : Code.values()) {
            responses[each.ordinal()] = Counter.builder(DnsMetric.RESPONSES.metricName())
                    .tag("server", SERVER)
                    .tag("zone", zone)
                    .tag("rcode", text(each))
                    .register(registry);
        }
        durations = DistributionSummary.builder(DnsMetric.DURATION.metricName())
                .tag("server", SERVER)
                .tag("zone", zone)
                .serviceLevelObjectives(bounds())
                .register(registry);
        forwarded = registry.counter(DnsMetric.FORWARDED.metricName());
        forwardFailures = registry.counter(DnsMetric.FORWARD_FAILURES.metricName());
    }

    private static Counter requests(MeterRegistry registry, String zone, String protocol, String type) {
        return Counter.builder(DnsMetric.REQUESTS.metricName())
                .tag("server", SERVER)
                .tag("zone", zone)
                .tag("proto", protocol)
                .tag("family", "1")
                .tag("type", type)
                .register(registry);
    }

    /** A quarter of a millisecond, doubling to 8 s. */
    private static double[] bounds() {
        double[] bounds = new double[16];
        double bound = 0.00025;
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = bound;
            bound *= 2;
        }
        return bounds;
    }

    /** @return when it came, for {@link #answered} */
    long asked(int type, boolean overTcp) {
        Counter counter = (overTcp ? tcp : udp).get(type);
        (counter != null ? counter : overTcp ? otherTcp : otherUdp).increment();
        return time.nanoTime();
    }

    void answered(Code code, long askedAt) {
        responses[code.ordinal()].increment();
        durations.record((time.nanoTime() - askedAt) / NANOS);
    }

    void forwarded() {
        forwarded.increment();
    }

    void forwardFailed() {
        forwardFailures.increment();
    }
}
