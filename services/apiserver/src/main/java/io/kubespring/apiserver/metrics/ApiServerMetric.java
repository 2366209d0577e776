package io.kubespring.apiserver.metrics;

/** The names of the server's own metrics. */
public enum ApiServerMetric {
    REQUEST_TOTAL("apiserver_request_total", "Counter of apiserver requests by verb, resource, scope and HTTP code."),
    REQUEST_DURATION("apiserver_request_duration_seconds", "Time from a request's arrival to its answer."),
    CURRENT_INFLIGHT("apiserver_current_inflight_requests", "Requests being served now, by kind."),
    LONGRUNNING("apiserver_longrunning_requests", "Watches and followed logs that are open now."),
    AUTHENTICATED_USERS("authenticated_user_requests", "Authenticated requests by kind of user."),
    AUTHENTICATION_ATTEMPTS("authentication_attempts", "Attempts to authenticate a request by result."),
    AUTHENTICATION_DURATION("authentication_duration_seconds", "Time to authenticate a request by result."),
    AUTHORIZATION_ATTEMPTS("authorization_attempts_total", "Attempts to authorize a request by result."),
    AUTHORIZATION_DURATION("authorization_duration_seconds", "Time to authorize a request by result."),
    CLUSTER_IPS_ALLOCATED("kube_apiserver_clusterip_allocator_allocated_ips", "Service addresses in use, by block."),
    CLUSTER_IPS_AVAILABLE("kube_apiserver_clusterip_allocator_available_ips", "Service addresses free, by block."),
    CLUSTER_IP_ALLOCATIONS(
            "kube_apiserver_clusterip_allocator_allocation_total", "Service addresses given away, by block and scope."),
    CLUSTER_IP_ALLOCATION_ERRORS(
            "kube_apiserver_clusterip_allocator_allocation_errors_total",
            "Service addresses that could not be given, by block and scope."),
    NODE_PORTS_ALLOCATED("kube_apiserver_nodeport_allocator_allocated_ports", "Node ports in use."),
    NODE_PORTS_AVAILABLE("kube_apiserver_nodeport_allocator_available_ports", "Node ports free."),
    NODE_PORT_ALLOCATIONS("kube_apiserver_nodeport_allocator_allocation_total", "Node ports given away, by scope."),
    NODE_PORT_ALLOCATION_ERRORS(
            "kube_apiserver_nodeport_allocator_allocation_errors_total",
            "Node ports that could not be given, by scope."),
    CLUSTER_IP_REPAIR_ERRORS(
            "apiserver_clusterip_repair_ip_errors_total", "Wrong Service addresses that repair found, by type."),
    CLUSTER_IP_REPAIR_FAILURES(
            "apiserver_clusterip_repair_reconcile_errors_total", "Repairs of Service addresses that failed."),
    NODE_PORT_REPAIR_ERRORS(
            "apiserver_nodeport_repair_port_errors_total", "Wrong node ports that repair found, by type."),
    NODE_PORT_REPAIR_FAILURES("apiserver_nodeport_repair_reconcile_errors_total", "Repairs of node ports that failed.");

    private final String text;
    private final String help;

    ApiServerMetric(String text, String help) {
        this.text = text;
        this.help = help;
    }

    public String text() {
        return text;
    }

    public String help() {
        return help;
    }
}
