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
    AUTHORIZATION_DURATION("authorization_duration_seconds", "Time to authorize a request by result.");

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
