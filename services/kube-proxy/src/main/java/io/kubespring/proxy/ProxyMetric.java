package io.kubespring.proxy;

/** The names of this component's metrics, as upstream's. */
enum ProxyMetric {
    SYNC_DURATION("kubeproxy_sync_proxy_rules_duration_seconds"),
    SYNC_FAILURES("kubeproxy_sync_proxy_rules_iptables_restore_failures_total"),
    LAST_SYNC("kubeproxy_sync_proxy_rules_last_timestamp_seconds");

    private final String metricName;

    ProxyMetric(String metricName) {
        this.metricName = metricName;
    }

    String metricName() {
        return metricName;
    }
}
