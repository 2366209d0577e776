package io.kubespring.apiserver.authentication.x509;

import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.authentication.Authentication;
import io.kubespring.apiserver.authentication.Authenticator;
import io.kubespring.apiserver.authentication.Credentials;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.service.x509.TrustAnchors;
import io.kubespring.service.x509.VerifiedCertificates;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;

/**
 * "Authenticating proxy": believes the user that request headers name, but only from a proxy whose client certificate is
 * signed by the request-header CA (a CA of its own) and, where names are configured, bears one of them.
 */
public final class FrontProxyAuthenticator implements Authenticator {

    /**
     * The {@code --requestheader-*} flags.
     *
     * @param allowedNames common names; empty for any
     * @param usernameHeaders the first that is there counts
     * @param groupHeaders every value of each is a group
     * @param extraPrefixes headers that start so carry extra claims
     */
    public record Config(
            List<String> allowedNames,
            List<String> usernameHeaders,
            List<String> groupHeaders,
            List<String> extraPrefixes) {

        public Config {
            allowedNames = List.copyOf(allowedNames);
            usernameHeaders = lower(usernameHeaders);
            groupHeaders = lower(groupHeaders);
            extraPrefixes = lower(extraPrefixes);
        }

        /** kubeadm's settings. */
        public static Config standard(List<String> allowedNames) {
            return new Config(
                    allowedNames, List.of("X-Remote-User"), List.of("X-Remote-Group"), List.of("X-Remote-Extra-"));
        }

        private static List<String> lower(List<String> names) {
            return names.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
        }
    }

    private final Config config;
    private final VerifiedCertificates verified;

    public FrontProxyAuthenticator(Config config, TrustAnchors requestHeaderAuthorities, TimeSource time) {
        this.config = config;
        verified = new VerifiedCertificates(requestHeaderAuthorities, time);
    }

    @Override
    public Authentication authenticate(Credentials credentials) {
        List<X509Certificate> chain = credentials.clientCertificates();
        String user = first(credentials.headers(), config.usernameHeaders());
        // A certificate of another CA is no failed proxy: it is left to the authenticator of client certificates.
        if (chain.isEmpty() || user.isEmpty() || verified.failure(chain) != null || !nameAllowed(chain.getFirst())) {
            return Authentication.NO_OPINION;
        }
        var groups = new ArrayList<String>();
        for (String header : config.groupHeaders()) {
            groups.addAll(credentials.headers().getOrDefault(header, List.of()));
        }
        return new Authentication.Authenticated(new UserInfo(user, "", groups, extra(credentials.headers())));
    }

    private static String first(Map<String, List<String>> headers, List<String> names) {
        for (String name : names) {
            List<String> values = headers.getOrDefault(name, List.of());
            if (!values.isEmpty() && !values.getFirst().isEmpty()) {
                return values.getFirst();
            }
        }
        return "";
    }

    private Map<String, List<String>> extra(Map<String, List<String>> headers) {
        var extra = new HashMap<String, List<String>>();
        headers.forEach((header, values) -> {
            for (String prefix : config.extraPrefixes()) {
                if (header.startsWith(prefix)) {
                    extra.put(decode(header.substring(prefix.length())), List.copyOf(values));
                }
            }
        });
        return extra;
    }

    /** Extra keys may hold percent-encoded bytes that a header name cannot. */
    private static String decode(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return key;
        }
    }

    private boolean nameAllowed(X509Certificate certificate) {
        if (config.allowedNames().isEmpty()) {
            return true;
        }
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .anyMatch(part -> config.allowedNames().contains(String.valueOf(part.getValue())));
        } catch (NamingException malformed) {
            return false;
        }
    }
}
