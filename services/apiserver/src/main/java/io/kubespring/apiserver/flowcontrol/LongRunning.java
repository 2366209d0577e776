package io.kubespring.apiserver.flowcontrol;

import io.kubespring.apiserver.request.RequestInfo;

/** Requests that last as long as their clients want: no limit on requests at once, and no timeout, is about them. */
public final class LongRunning {

    private LongRunning() {}

    public static boolean is(RequestInfo info) {
        if (!info.resourceRequest()) {
            return info.path().startsWith("/debug/pprof/");
        }
        return info.verb().equals("watch")
                || info.verb().equals("proxy")
                || (!info.subresource().isEmpty() && isStream(info.subresource()));
    }

    private static boolean isStream(String subresource) {
        return switch (subresource) {
            case "attach", "exec", "proxy", "log", "portforward" -> true;
            default -> false;
        };
    }
}
