package io.kubespring.apiserver.shell;

import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.ApiServer;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.service.connection.OddUris;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Plain HTTP on 127.0.0.1, off unless asked for: whoever can reach it is an administrator. */
public final class InsecurePort implements SmartLifecycle {

    private static final UserInfo USER =
            UserInfo.of("system:unsecured", UserInfo.MASTERS_GROUP, UserInfo.AUTHENTICATED_GROUP);

    private final int port;
    private final ApiServer server;
    private final TimeSource time;
    private @Nullable DisposableServer running;

    InsecurePort(int port, ApiServer server, TimeSource time) {
        this.port = port;
        this.server = server;
        this.time = time;
    }

    /** The bound port; 0 when off. */
    public int port() {
        return running == null ? 0 : running.port();
    }

    @Override
    public void start() {
        if (port == 0) {
            return;
        }
        var handler = WebHttpHandlerBuilder.webHandler(
                        exchange -> Mono.defer(() -> server.dispatch(Exchanges.request(exchange, USER, time)))
                                .flatMap(answer -> ResponseWriter.write(exchange, answer, time)))
                .filter(new FailureFilter())
                .build();
        running = new OddUris(handler, time)
                .customize(HttpServer.create().host("127.0.0.1").port(Math.max(0, port)))
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
    }

    @Override
    public void stop() {
        if (running != null) {
            running.disposeNow();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
