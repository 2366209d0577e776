package io.kubespring.apiserver.paths;

import io.kubespring.apiserver.flowcontrol.FlowDumps;
import io.kubespring.apiserver.handlers.PathHandlers;
import io.kubespring.apiserver.request.ApiResponse;
import reactor.core.publisher.Mono;

/** The debugging pages of priority and fairness. */
public final class FlowControlPaths {

    private static final String PREFIX = "/debug/api_priority_and_fairness/";

    private FlowControlPaths() {}

    public static void register(PathHandlers paths, FlowDumps dumps) {
        paths.at(PREFIX + "dump_priority_levels", request -> Mono.just(ApiResponse.text(200, dumps.levels())));
        paths.at(PREFIX + "dump_queues", request -> Mono.just(ApiResponse.text(200, dumps.queues())));
        paths.at(PREFIX + "dump_requests", request -> {
            boolean details =
                    !request.query().firstOr("includeRequestDetails", "").isEmpty();
            return Mono.just(ApiResponse.text(200, dumps.requests(details)));
        });
    }
}
