package io.kubespring.client.transport;

/** Upstream's names of what every client of the API counts. */
public enum ClientMetric {
    REQUESTS(
            "rest_client_requests_total",
            "Requests to the API server by method and code; <error> where none came back."),
    DURATION("rest_client_request_duration_seconds", "Time until the whole answer was there, by verb."),
    REQUEST_SIZE("rest_client_request_size_bytes", "Bytes of requests' bodies, by verb."),
    RESPONSE_SIZE("rest_client_response_size_bytes", "Bytes of answers' bodies, by verb.");

    private final String text;
    private final String help;

    ClientMetric(String text, String help) {
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
