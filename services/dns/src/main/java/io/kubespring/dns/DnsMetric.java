package io.kubespring.dns;

/** The names of this component's own metrics; they are CoreDNS's where it has the like. */
enum DnsMetric {
    REQUESTS("coredns_dns_requests_total"),
    FORWARDED("coredns_forward_requests_total"),
    FORWARD_FAILURES("coredns_forward_responses_failed_total");

    private final String metricName;

    DnsMetric(String metricName) {
        this.metricName = metricName;
    }

    String metricName() {
        return metricName;
    }
}
