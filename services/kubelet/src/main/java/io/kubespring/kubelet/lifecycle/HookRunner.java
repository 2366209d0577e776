package io.kubespring.kubelet.lifecycle;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.probe.HttpCall;
import io.kubespring.kubelet.probe.PortResolver;
import io.kubespring.node.cri.CriException;
import io.kubespring.node.cri.CriRuntime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Runs postStart and preStop handlers: a command inside, an HTTP GET, or a pause. */
public final class HookRunner {

    /** A handler that did not succeed. */
    public static final class HookException extends Exception {
        HookException(String message) {
            super(message);
        }
    }

    private final CriRuntime runtime;
    private final TimeSource time;

    public HookRunner(CriRuntime runtime, TimeSource time) {
        this.runtime = runtime;
        this.time = time;
    }

    /** @param podIp where an HTTP handler without a host goes */
    public void run(Container container, String containerId, LifecycleHandler handler, String podIp, Duration timeout)
            throws HookException, InterruptedException {
        if (handler.getExec() != null) {
            exec(containerId, handler, timeout);
        } else if (handler.getHttpGet() != null) {
            http(container, handler.getHttpGet(), podIp, timeout);
        } else if (handler.getSleep() != null) {
            Duration wanted = Duration.ofSeconds(handler.getSleep().getSeconds());
            time.sleep(wanted.compareTo(timeout) < 0 ? wanted : timeout);
        } else {
            throw new HookException("invalid handler: no action given");
        }
    }

    private void exec(String containerId, LifecycleHandler handler, Duration timeout) throws HookException {
        try {
            var result = runtime.execSync(containerId, handler.getExec().getCommand(), timeout);
            if (result.exitCode() != 0) {
                String output = new String(result.stdout(), StandardCharsets.UTF_8)
                        + new String(result.stderr(), StandardCharsets.UTF_8);
                throw new HookException(
                        "command '" + String.join(" ", handler.getExec().getCommand()) + "' exited with "
                                + result.exitCode() + ": " + output);
            }
        } catch (CriException failure) {
            throw new HookException(failure.rendered());
        }
    }

    private static void http(Container container, HTTPGetAction action, String podIp, Duration timeout)
            throws HookException {
        String host = action.getHost() == null || action.getHost().isEmpty() ? podIp : action.getHost();
        String path = action.getPath() == null || action.getPath().isEmpty() ? "/" : action.getPath();
        Map<String, String> headers = new HashMap<>();
        if (action.getHttpHeaders() != null) {
            for (HTTPHeader header : action.getHttpHeaders()) {
                headers.put(header.getName(), header.getValue());
            }
        }
        try {
            int port = PortResolver.resolve(action.getPort(), container);
            var answer = HttpCall.get(
                    "HTTPS".equals(action.getScheme()),
                    host,
                    port,
                    path.startsWith("/") ? path : "/" + path,
                    headers,
                    timeout);
            if (answer.status() < 200 || answer.status() >= 400) {
                throw new HookException("HTTP hook failed with status code: " + answer.status());
            }
        } catch (IOException | IllegalArgumentException failure) {
            throw new HookException(String.valueOf(failure.getMessage()));
        }
    }
}
