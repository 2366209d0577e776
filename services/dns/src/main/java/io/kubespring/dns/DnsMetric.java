package io.kubespring.dns;

/** The names of this component's own metrics; they are CoreDNS's where it has the like. */
enum DnsMetric {
    REQUESTS("coredns_dns_requests_total"),
    RESPONSES("coredns_dns_responses_total"),
    DURATION("coredns_dns_request_duration_seconds"),
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
