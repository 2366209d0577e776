package io.kubespring.service.x509;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Whom a client certificate names ("X509 client certificates"): the subject's common name is the user, its organizations are
 * the groups, in their order.
 *
 * @param name empty where there is no common name
 */
public record CertificateSubject(String name, List<String> groups) {

    /** The extra value that tells with which certificate a user came. */
    public static final String CREDENTIAL_ID = "authentication.kubernetes.io/credential-id";

    public CertificateSubject {
        groups = List.copyOf(groups);
    }

    /** @throws NamingException if the subject cannot be read */
    public static CertificateSubject of(X509Certificate certificate) throws NamingException {
        var groups = new ArrayList<String>();
        String name = "";
        // An LdapName counts its parts from the right, which is their order in the certificate.
        for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
            var values = part.toAttributes().getAll();
            while (values.hasMore()) {
                var attribute = values.next();
                if (attribute.getID().equalsIgnoreCase("CN")) {
                    name = String.valueOf(attribute.get());
                } else if (attribute.getID().equalsIgnoreCase("O")) {
                    groups.add(String.valueOf(attribute.get()));
                }
            }
        }
        return new CertificateSubject(name, groups);
    }

    /** "X509SHA256=" and the fingerprint in hexadecimal digits. */
    public static String credentialId(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return "X509SHA256=" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
