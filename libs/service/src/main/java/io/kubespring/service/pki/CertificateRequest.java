package io.kubespring.service.pki;

import java.util.List;

/**
 * What a certificate is to say.
 *
 * @param commonName the user name of a client
 * @param organizations the groups of a client
 * @param names DNS names and IP addresses of a server
 */
public record CertificateRequest(String commonName, List<String> organizations, Use use, List<String> names) {

    /** What the certificate may be used for. */
    public enum Use {
        SERVER,
        CLIENT,
        /** Both: a member of an etcd also calls itself and the others. */
        PEER
    }

    CertificateRequest(String commonName) {
        this(commonName, List.of(), Use.CLIENT, List.of());
    }

    public static CertificateRequest client(String user, String... groups) {
        return new CertificateRequest(user, List.of(groups), Use.CLIENT, List.of());
    }

    public static CertificateRequest server(String commonName, List<String> names) {
        return new CertificateRequest(commonName, List.of(), Use.SERVER, names);
    }

    public static CertificateRequest peer(String commonName, List<String> names) {
        return new CertificateRequest(commonName, List.of(), Use.PEER, names);
    }

    static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }
}
