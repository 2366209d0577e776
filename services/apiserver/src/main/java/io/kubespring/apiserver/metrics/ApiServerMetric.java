package io.kubespring.apiserver.metrics;

/** The names of the server's own metrics. */
public enum ApiServerMetric {
    REQUEST_TOTAL("apiserver_request_total", "Counter of apiserver requests by verb, resource, scope and HTTP code."),
    REQUEST_DURATION("apiserver_request_duration_seconds", "Time from a request's arrival to its answer."),
    CURRENT_INFLIGHT("apiserver_current_inflight_requests", "Requests being served now, by kind."),
    CURRENT_INQUEUE("apiserver_current_inqueue_requests", "Most requests that waited in queues at once, by kind."),
    REQUEST_SLI(
            "apiserver_request_sli_duration_seconds",
            "Time from a request's admission to its answer: what it waited in queues is left out."),
    RESPONSE_SIZES("apiserver_response_sizes", "Bytes of the answers to reads."),
    REQUEST_TERMINATIONS(
            "apiserver_request_terminations_total", "Requests that the server ended to protect itself, by code."),
    WATCH_EVENTS("apiserver_watch_events_total", "Events sent to watchers."),
    WATCH_EVENT_SIZES("apiserver_watch_events_sizes", "Bytes of events sent to watchers."),
    RESOURCE_OBJECTS("apiserver_resource_objects", "Stored objects by resource."),
    STORAGE_OBJECTS("apiserver_storage_objects", "Stored objects by resource; apiserver_resource_objects replaces it."),
    WATCH_CACHE_REVISION("apiserver_watch_cache_resource_version", "Revision up to which a watch cache has seen all."),
    STORE_DURATION("etcd_request_duration_seconds", "Time that the store takes, whichever it is."),
    STORE_REQUESTS("etcd_requests_total", "Requests to the store, whichever it is."),
    STORE_ERRORS("etcd_request_errors_total", "Requests that the store failed; lost races are none."),
    ADMISSION_PLUGIN_DURATION(
            "apiserver_admission_controller_admission_duration_seconds", "Time in one admission plugin."),
    ADMISSION_STEP_DURATION(
            "apiserver_admission_step_admission_duration_seconds", "Time in all admission plugins of a step."),
    HEALTHCHECK("kubernetes_healthcheck", "1 where a health check last succeeded, else 0."),
    HEALTHCHECKS("kubernetes_healthchecks_total", "Results of health checks."),
    WATCH_CACHE_RECEIVED(
            "apiserver_watch_cache_events_received_total", "Events that a watch cache took from the store."),
    WATCH_CACHE_INITIALIZATIONS("apiserver_watch_cache_initializations_total", "Times that a watch cache was filled."),
    WATCH_CACHE_DISPATCHED(
            "apiserver_watch_cache_events_dispatched_total", "Events that a watch cache gave its watchers."),
    WATCH_CACHE_CAPACITY("watch_cache_capacity", "Events that a watch cache remembers at most."),
    WATCH_CACHE_READ_WAIT(
            "apiserver_watch_cache_read_wait_seconds",
            "Time that readers wait for a watch cache to be fresh; those that need not wait are not counted."),
    CONSISTENT_READS("apiserver_watch_cache_consistent_read_total", "Consistent lists from watch caches."),
    CACHE_LISTS("apiserver_cache_list_total", "Lists that watch caches answered."),
    CACHE_LIST_FETCHED("apiserver_cache_list_fetched_objects_total", "Objects that were looked at for lists."),
    CACHE_LIST_RETURNED("apiserver_cache_list_returned_objects_total", "Objects that lists gave."),
    INIT_EVENTS("apiserver_init_events_total", "Events that watchers were sent of the time before they came."),
    TERMINATED_WATCHERS("apiserver_terminated_watchers_total", "Watchers that were ended because they did not read."),
    DEPRECATED_APIS("apiserver_requested_deprecated_apis", "1 for deprecated APIs that were asked for."),
    BUILD_INFO("kubernetes_build_info", "Always 1; its labels tell the version."),
    FEATURE_ENABLED("kubernetes_feature_enabled", "1 for features that are on."),
    PROCESS_CPU("process_cpu_seconds_total", "Processor time of this process."),
    PROCESS_RESIDENT("process_resident_memory_bytes", "Memory of this process."),
    PROCESS_VIRTUAL("process_virtual_memory_bytes", "Address space of this process."),
    PROCESS_START("process_start_time_seconds", "When this process started."),
    PROCESS_OPEN_FILES("process_open_fds", "Files that this process has open."),
    PROCESS_MOST_FILES("process_max_fds", "Files that this process may have open."),
    LONGRUNNING("apiserver_longrunning_requests", "Watches and followed logs that are open now."),
    AUTHENTICATED_USERS("authenticated_user_requests", "Authenticated requests by kind of user."),
    AUTHENTICATION_ATTEMPTS("authentication_attempts", "Attempts to authenticate a request by result."),
    AUTHENTICATION_DURATION("authentication_duration_seconds", "Time to authenticate a request by result."),
    AUTHORIZATION_ATTEMPTS("authorization_attempts_total", "Attempts to authorize a request by result."),
    AUTHORIZATION_DURATION("authorization_duration_seconds", "Time to authorize a request by result."),
    FLOW_REJECTED("apiserver_flowcontrol_rejected_requests_total", "Requests that priority and fairness turned away."),
    FLOW_DISPATCHED("apiserver_flowcontrol_dispatched_requests_total", "Requests that priority and fairness let pass."),
    FLOW_NO_ACCOMMODATION(
            "apiserver_flowcontrol_request_dispatch_no_accommodation_total",
            "Times that the next request of a level did not fit into its seats."),
    FLOW_INQUEUE_REQUESTS("apiserver_flowcontrol_current_inqueue_requests", "Requests that wait in queues."),
    FLOW_INQUEUE_SEATS("apiserver_flowcontrol_current_inqueue_seats", "Seats that waiting requests need."),
    FLOW_EXECUTING_REQUESTS("apiserver_flowcontrol_current_executing_requests", "Requests being executed."),
    FLOW_EXECUTING_SEATS("apiserver_flowcontrol_current_executing_seats", "Seats that requests hold."),
    FLOW_WAIT_DURATION("apiserver_flowcontrol_request_wait_duration_seconds", "Time that requests wait in a queue."),
    FLOW_EXECUTION_DURATION("apiserver_flowcontrol_request_execution_seconds", "Time that requests hold their seats."),
    FLOW_ESTIMATED_SEATS("apiserver_flowcontrol_work_estimated_seats", "Seats that requests are expected to need."),
    FLOW_QUEUE_LENGTH(
            "apiserver_flowcontrol_request_queue_length_after_enqueue", "Length of a queue, as who joins it finds it."),
    FLOW_WATCH_COUNT("apiserver_flowcontrol_watch_count_samples", "Watchers that a write may concern."),
    FLOW_NOMINAL_SEATS("apiserver_flowcontrol_nominal_limit_seats", "A level's share of the server's seats."),
    FLOW_LOWER_SEATS("apiserver_flowcontrol_lower_limit_seats", "Seats that a level never lends."),
    FLOW_UPPER_SEATS("apiserver_flowcontrol_upper_limit_seats", "Seats of a level that borrows all it may."),
    FLOW_CURRENT_SEATS("apiserver_flowcontrol_current_limit_seats", "Seats that a level has now."),
    FLOW_TARGET_SEATS("apiserver_flowcontrol_target_seats", "Seats that a level should have by its demand."),
    FLOW_DEMAND_HIGHEST(
            "apiserver_flowcontrol_demand_seats_high_watermark",
            "Most seats that a level could use in the last period."),
    FLOW_DEMAND_AVERAGE(
            "apiserver_flowcontrol_demand_seats_average",
            "Seats that a level could use, on average over the last period."),
    FLOW_DEMAND_DEVIATION(
            "apiserver_flowcontrol_demand_seats_stdev", "Standard deviation of the seats that a level could use."),
    FLOW_DEMAND_SMOOTHED("apiserver_flowcontrol_demand_seats_smoothed", "Smoothed seats that a level could use."),
    FLOW_DEMAND(
            "apiserver_flowcontrol_demand_seats",
            "Nanoseconds for which a level could use so many seats, as a part of its nominal ones."),
    FLOW_SEAT_UTILIZATION(
            "apiserver_flowcontrol_priority_level_seat_utilization",
            "Nanoseconds for which so much of a level's seats was in use."),
    FLOW_REQUEST_UTILIZATION(
            "apiserver_flowcontrol_priority_level_request_utilization",
            "Nanoseconds for which requests were so much of what a level holds, by phase."),
    FLOW_CURRENT_R("apiserver_flowcontrol_current_r", "Virtual time of a level's last change."),
    FLOW_DISPATCH_R("apiserver_flowcontrol_dispatch_r", "Virtual time of a level's last dispatch."),
    FLOW_LATEST_S("apiserver_flowcontrol_latest_s", "Virtual start of what a level dispatched last."),
    FLOW_NEXT_S("apiserver_flowcontrol_next_s_bounds", "Least and greatest virtual start of what is next in a queue."),
    FLOW_FAIR_FRACTION(
            "apiserver_flowcontrol_seat_fair_frac", "Part of its demand that each level gets which can use it."),
    CLUSTER_IPS_ALLOCATED("kube_apiserver_clusterip_allocator_allocated_ips", "Service addresses in use, by block."),
    CLUSTER_IPS_AVAILABLE("kube_apiserver_clusterip_allocator_available_ips", "Service addresses free, by block."),
    CLUSTER_IP_ALLOCATIONS(
            "kube_apiserver_clusterip_allocator_allocation_total", "Service addresses given away, by block and scope."),
    CLUSTER_IP_ALLOCATION_ERRORS(
            "kube_apiserver_clusterip_allocator_allocation_errors_total",
            "Service addresses that could not be given, by block and scope."),
    CLUSTER_IP_ALLOCATION_DURATION(
            "kube_apiserver_clusterip_allocator_allocation_duration_seconds",
            "Time to give a Service an address, by block."),
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
