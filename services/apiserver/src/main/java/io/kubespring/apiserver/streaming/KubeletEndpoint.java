package io.kubespring.apiserver.streaming;

/** Where a node's kubelet listens. */
public record KubeletEndpoint(String host, int port) {

    /** "10.0.0.7:10250" */
    public String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
