package io.kubespring.service.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A certificate with its key. */
public record SignedCertificate(X509Certificate certificate, PrivateKey key) {}
