package io.kubespring.apiserver.proxy;

/**
 * Where a proxied request goes.
 *
 * @param trust how the far side proves itself
 */
record Location(Trust trust, String host, int port) {

    /** Whether and how TLS is spoken. */
    enum Trust {
        /** Plain HTTP. */
        PLAIN,
        /** TLS with whatever certificate is shown: nobody issues one for a Pod's address. */
        UNVERIFIED,
        /** A kubelet, verified by {@code --kubelet-certificate-authority} and shown the server's client certificate. */
        KUBELET
    }

    static Location of(String scheme, String host, int port) {
        Trust trust = scheme.equals("https") ? Trust.UNVERIFIED : Trust.PLAIN;
        return new Location(trust, host, port < 0 ? (trust == Trust.PLAIN ? 80 : 443) : port);
    }

    /** "10.0.0.7:8080" */
    String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** "http://10.0.0.7:8080" */
    String origin() {
        return (trust == Trust.PLAIN ? "http://" : "https://") + authority();
    }
}
