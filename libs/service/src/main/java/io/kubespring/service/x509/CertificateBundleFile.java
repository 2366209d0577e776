package io.kubespring.service.x509;

import io.kubespring.api.time.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PEM bundle such as {@code --client-ca-file}, read again every minute. A file that became unreadable or empty leaves
 * the last good bundle in force.
 */
public final class CertificateBundleFile implements TrustAnchors, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateBundleFile.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final Path file;
    private final TimeSource.Cancellable timer;
    private byte[] bytes;
    private volatile List<X509Certificate> certificates;

    /** @throws UncheckedIOException or IllegalArgumentException if the first read fails */
    public CertificateBundleFile(Path file, TimeSource time) {
        this.file = file;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
        certificates = parse(bytes);
        timer = time.scheduleAtFixedRate(PERIOD, PERIOD, () -> Thread.startVirtualThread(this::reload));
    }

    @Override
    public List<X509Certificate> current() {
        return certificates;
    }

    /** Reads the file again if its content changed. */
    public synchronized void reload() {
        try {
            byte[] now = Files.readAllBytes(file);
            if (!Arrays.equals(now, bytes)) {
                certificates = parse(now);
                bytes = now;
                LOG.info("certificate authorities reloaded from {}", file);
            }
        } catch (IOException | IllegalArgumentException failure) {
            LOG.warn("keeping the last certificate authorities: {}: {}", file, failure.getMessage());
        }
    }

    private static List<X509Certificate> parse(byte[] pem) {
        try {
            List<X509Certificate> parsed =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (parsed.isEmpty()) {
                throw new IllegalArgumentException("no certificate found");
            }
            return parsed;
        } catch (CertificateException failure) {
            throw new IllegalArgumentException("not a PEM bundle: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
