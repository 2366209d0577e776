package io.kubespring.apiserver.shell;

import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.ApiServer;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * The one endpoint: every path and method goes to the core. A WebHandler and no router, because the core routes by what
 * the path means and each step here is paid by every request.
 */
final class ApiWebHandler implements WebHandler {

    private final ApiServer server;
    private final TimeSource time;

    ApiWebHandler(ApiServer server, TimeSource time) {
        this.server = server;
        this.time = time;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return ReactiveSecurityContextHolder.getContext()
                .map(SecurityContext::getAuthentication)
                .cast(KubernetesUser.class)
                .flatMap(user -> {
                    ApiRequest request = Exchanges.request(exchange, user.user(), time);
                    Mono<ApiResponse> answer = server.dispatch(request);
                    return request.method().equals("GET")
                            ? answer
                            : Exchanges.inTurn(exchange, answer, user.user(), time);
                })
                .flatMap(answer -> ResponseWriter.write(exchange, answer, time));
    }
}
