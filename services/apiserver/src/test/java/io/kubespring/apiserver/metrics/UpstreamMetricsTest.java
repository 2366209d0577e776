package io.kubespring.apiserver.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.TestServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /metrics} after a scripted run, against upstream's names, labels and buckets. */
class UpstreamMetricsTest {

    private static final String REQUEST =
            "0.005 0.025 0.05 0.1 0.2 0.4 0.6 0.8 1 1.25 1.5 2 3 4 5 6 8 10 15 20 30 45 60";
    private static final String SLI = "0.05 0.1 0.2 0.4 0.6 0.8 1 1.25 1.5 2 3 4 5 6 8 10 15 20 30 45 60";
    private static final String SIZES = "1000 10000 100000 1000000 10000000 100000000 1000000000";
    private static final String EVENTS = "1024 2048 4096 8192 16384 32768 65536 131072";
    private static final String ADMISSION = "0.005 0.025 0.1 0.5 1 2.5";
    private static final String FLOW = "0.005 0.02 0.05 0.1 0.2 0.5 1 2 5 10 15 30";
    private static final String SECURITY =
            "0.001 0.002 0.004 0.008 0.016 0.032 0.064 0.128 0.256 0.512 1.024 2.048 4.096 8.192 16.384";
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static TestServer server;
    private static String page;

    @BeforeAll
    static void run() {
        server = new TestServer(
                ApiServerConfig.open().withBootstrap(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        var watch = server.watch(TestServer.MAPS + "?watch=true").subscribe();
        server.post(TestServer.MAPS, "{'metadata':{'name':'a'},'data':{'k':'v'}}");
        server.get(TestServer.MAPS + "/a");
        server.get(TestServer.MAPS);
        server.patch(TestServer.MAPS + "/a", "merge", "{'data':{'k':'w'}}");
        server.apply(
                TestServer.MAPS + "/b?fieldManager=t",
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'b'}}");
        server.get(TestServer.MAPS + "/none");
        server.get("/livez");
        server.get("/api/v1/endpoints");
        server.watch(TestServer.MAPS + "?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan")
                .blockFirst();
        TestServer.await(() -> server.get("/metrics").text().contains("apiserver_watch_events_total{"));
        page = server.get("/metrics").text();
        watch.dispose();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Names, the labels of each, and the bounds of histograms (upstream's "0" is never written: nothing is that fast). */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "apiserver_request_total | code component dry_run group resource scope subresource verb version |",
                "apiserver_request_duration_seconds | component dry_run group resource scope subresource verb version"
                        + " | "
                        + REQUEST,
                "apiserver_request_sli_duration_seconds | component group resource scope subresource verb version | "
                        + SLI,
                "apiserver_response_sizes | component group resource scope subresource verb version | " + SIZES,
                "apiserver_current_inflight_requests | request_kind |",
                "apiserver_current_inqueue_requests | request_kind |",
                "apiserver_longrunning_requests | component group resource scope subresource verb version |",
                "apiserver_watch_events_total | group resource version |",
                "apiserver_watch_events_sizes | group resource version | " + EVENTS,
                "apiserver_storage_objects | resource |",
                "apiserver_resource_objects | group resource |",
                "apiserver_watch_cache_resource_version | group resource |",
                "apiserver_watch_cache_events_received_total | group resource |",
                "apiserver_watch_cache_initializations_total | group resource |",
                "apiserver_watch_cache_events_dispatched_total | group resource |",
                "apiserver_watch_cache_consistent_read_total | fallback group resource success |",
                "apiserver_watch_cache_read_wait_seconds | group resource | 0.005 0.025 0.05 0.1 0.2 0.4 0.6 0.8 1 1.25"
                        + " 1.5 2 3",
                "watch_cache_capacity | group resource |",
                "apiserver_cache_list_total | group index resource |",
                "apiserver_cache_list_fetched_objects_total | group index resource |",
                "apiserver_cache_list_returned_objects_total | group resource |",
                "apiserver_init_events_total | group resource |",
                "apiserver_terminated_watchers_total | group resource |",
                "apiserver_requested_deprecated_apis | group removed_release resource subresource version |",
                "kube_apiserver_clusterip_allocator_allocation_duration_seconds | cidr | 0.005 0.01 0.025 0.05 0.1 0.25"
                        + " 0.5 1 2.5 5 10",
                "etcd_request_duration_seconds | group operation resource | " + REQUEST,
                "etcd_requests_total | group operation resource |",
                "etcd_request_errors_total | group operation resource |",
                "apiserver_admission_controller_admission_duration_seconds | name operation rejected type | "
                        + ADMISSION,
                "apiserver_admission_step_admission_duration_seconds | operation rejected type | " + ADMISSION,
                "authorization_attempts_total | result |",
                "authorization_duration_seconds | result | " + SECURITY,
                "authentication_attempts | result |",
                "authentication_duration_seconds | result | " + SECURITY,
                "authenticated_user_requests | username |",
                "apiserver_flowcontrol_priority_level_seat_utilization | phase priority_level | 0.0 0.1 0.2 0.3 0.4 0.5"
                        + " 0.6 0.7 0.8 0.9 0.95 0.99 1.0",
                "apiserver_flowcontrol_priority_level_request_utilization | phase priority_level | 0.0 0.001 0.003 0.01"
                        + " 0.03 0.1 0.25 0.5 0.75 1.0",
                "apiserver_flowcontrol_demand_seats | priority_level | 0.2 0.4 0.6 0.8 1.0 1.2 1.4 1.7 2.0 2.8 4.0 6.0",
                "apiserver_flowcontrol_current_r | priority_level |",
                "apiserver_flowcontrol_dispatched_requests_total | flow_schema priority_level |",
                "apiserver_flowcontrol_current_executing_requests | flow_schema priority_level |",
                "apiserver_flowcontrol_current_executing_seats | flow_schema priority_level |",
                "apiserver_flowcontrol_current_inqueue_requests | flow_schema priority_level |",
                "apiserver_flowcontrol_current_inqueue_seats | flow_schema priority_level |",
                "apiserver_flowcontrol_request_wait_duration_seconds | execute flow_schema priority_level | " + FLOW,
                "apiserver_flowcontrol_request_execution_seconds | flow_schema priority_level type | " + FLOW,
                "apiserver_flowcontrol_request_queue_length_after_enqueue | flow_schema priority_level | 10 25 50 100"
                        + " 250 500 1000",
                "apiserver_flowcontrol_work_estimated_seats | flow_schema priority_level | 1 2 4 8 16 32 64 100",
                "apiserver_flowcontrol_watch_count_samples | flow_schema priority_level | 1 10 100 1000 10000",
                "apiserver_flowcontrol_request_dispatch_no_accommodation_total | flow_schema priority_level |",
                "apiserver_flowcontrol_nominal_limit_seats | priority_level |",
                "apiserver_flowcontrol_lower_limit_seats | priority_level |",
                "apiserver_flowcontrol_upper_limit_seats | priority_level |",
                "apiserver_flowcontrol_current_limit_seats | priority_level |",
                "apiserver_flowcontrol_target_seats | priority_level |",
                "apiserver_flowcontrol_demand_seats_high_watermark | priority_level |",
                "apiserver_flowcontrol_demand_seats_average | priority_level |",
                "apiserver_flowcontrol_demand_seats_stdev | priority_level |",
                "apiserver_flowcontrol_demand_seats_smoothed | priority_level |",
                "apiserver_flowcontrol_seat_fair_frac | |",
                "kubernetes_build_info | build_date compiler git_commit git_tree_state git_version go_version major"
                        + " minor platform |",
                "kubernetes_feature_enabled | name stage |",
                "process_cpu_seconds_total | |",
                "process_resident_memory_bytes | |",
                "process_virtual_memory_bytes | |",
                "process_start_time_seconds | |",
                "process_open_fds | |",
                "process_max_fds | |",
            })
    void isServedWithUpstreamsLabelsAndBuckets(String name, String labels, String buckets) {
        boolean histogram = buckets != null;
        Map<Set<String>, Integer> found = new LinkedHashMap<>();
        Set<Double> bounds = new TreeSet<>();
        for (String line : page.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && matcher.group(1).equals(histogram ? name + "_bucket" : name)) {
                Set<String> names = new TreeSet<>();
                Matcher label = LABEL.matcher(matcher.group(2) == null ? "" : matcher.group(2));
                while (label.find()) {
                    if (label.group(1).equals("le")) {
                        bounds.add(
                                label.group(2).equals("+Inf")
                                        ? Double.POSITIVE_INFINITY
                                        : Double.valueOf(label.group(2)));
                    } else {
                        names.add(label.group(1));
                    }
                }
                found.merge(names, 1, Integer::sum);
            }
        }
        assertThat(found).as(name).containsOnlyKeys(Set.of(new TreeSet<>(words(labels))));
        if (histogram) {
            List<Double> wanted =
                    new ArrayList<>(words(buckets).stream().map(Double::valueOf).toList());
            wanted.add(Double.POSITIVE_INFINITY);
            assertThat(bounds).containsExactlyElementsOf(wanted);
        }
    }

    private static List<String> words(String text) {
        return text == null || text.isBlank()
                ? List.of()
                : Arrays.asList(text.strip().split("\\s+"));
    }

    @Test
    void labelsSayWhatUpstreamsSay() {
        assertThat(page)
                .contains("verb=\"APPLY\"", "verb=\"POST\"", "verb=\"LIST\"", "verb=\"WATCH\"", "code=\"404\"")
                .contains("apiserver_resource_objects{group=\"apps\",resource=\"deployments\"} 0")
                .contains("apiserver_storage_objects{resource=\"flowschemas.flowcontrol.apiserver.k8s.io\"} 11")
                .contains("apiserver_requested_deprecated_apis{group=\"\",removed_release=\"\",resource=\"endpoints\","
                        + "subresource=\"\",version=\"v1\"} 1")
                .contains("apiserver_cache_list_returned_objects_total{group=\"\",resource=\"configmaps\"} 1")
                .contains("apiserver_init_events_total{group=\"\",resource=\"configmaps\"} 2")
                .contains("apiserver_terminated_watchers_total{group=\"\",resource=\"configmaps\"} 0")
                .contains("subresource=\"/livez\"")
                .contains("operation=\"create\"");
    }

    @Test
    void everyNameOfTheEnumIsItsOwn() {
        assertThat(Arrays.stream(ApiServerMetric.values()).map(ApiServerMetric::text))
                .doesNotHaveDuplicates();
    }
}
