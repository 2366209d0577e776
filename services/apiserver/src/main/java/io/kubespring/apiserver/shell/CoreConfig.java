package io.kubespring.apiserver.shell;

import io.kubespring.apiserver.ApiServerConfig;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From flags to what the core is told. */
final class CoreConfig {

    private CoreConfig() {}

    /** @throws IllegalArgumentException naming the flag that is wrong */
    static ApiServerConfig of(ApiServerProperties flags) {
        return new ApiServerConfig(
                flags.clientCaFile(),
                flags.requestheaderClientCaFile(),
                flags.requestheaderAllowedNames(),
                flags.serviceAccountKeyFile() == null ? List.of() : List.of(flags.serviceAccountKeyFile()),
                flags.serviceAccountSigningKeyFile(),
                flags.serviceAccountIssuer(),
                flags.apiAudiences(),
                flags.anonymousAuth(),
                flags.authorizationMode(),
                flags.serviceClusterIpRange(),
                flags.serviceNodePortRange(),
                advertised(flags.advertiseAddress(), flags.bindAddress()),
                flags.securePort(),
                new ApiServerConfig.KubeletTls(
                        flags.kubeletClientCertificate(),
                        flags.kubeletClientKey(),
                        flags.kubeletCertificateAuthority()));
    }

    private static InetAddress advertised(@Nullable String advertised, String bound) {
        try {
            if (advertised != null && !advertised.isEmpty()) {
                return InetAddress.getByName(advertised);
            }
            InetAddress bind = InetAddress.getByName(bound);
            return bind.isAnyLocalAddress() ? defaultRouteAddress() : bind;
        } catch (IOException unknown) {
            throw new IllegalArgumentException("advertise-address: " + unknown.getMessage(), unknown);
        }
    }

    /** The address that the default route leaves by; connecting a datagram socket sends nothing. */
    private static InetAddress defaultRouteAddress() throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress("192.0.2.1", 9));
            InetAddress local = socket.getLocalAddress();
            return local.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : local;
        } catch (java.io.UncheckedIOException noRoute) {
            return InetAddress.getLoopbackAddress();
        }
    }
}
