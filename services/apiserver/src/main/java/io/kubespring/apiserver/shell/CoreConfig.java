package io.kubespring.apiserver.shell;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.authentication.x509.FrontProxyAuthenticator;
import io.kubespring.apiserver.bootstrap.ClusterNetwork;
import io.kubespring.apiserver.features.FeatureGates;
import io.kubespring.apiserver.limits.LimitsConfig;
import io.kubespring.apiserver.security.SecurityConfig;
import io.kubespring.kinds.service.PortRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From flags to what the core is told. */
final class CoreConfig {

    /** Advertised where any free port was asked for. */
    private static final int DEFAULT_PORT = 6443;

    private CoreConfig() {}

    /** @throws IllegalArgumentException naming the flag that is wrong */
    static ApiServerConfig of(ApiServerProperties flags) {
        String advertised =
                advertised(flags.advertiseAddress(), flags.bindAddress()).getHostAddress();
        int port = flags.securePort() == 0 ? DEFAULT_PORT : flags.securePort();
        return new ApiServerConfig(
                security(flags, advertised + ":" + port),
                flags.serviceClusterIpRange(),
                PortRange.parse(flags.serviceNodePortRange()),
                flags.eventTtl(),
                new ClusterNetwork(
                        advertised,
                        port,
                        String.join(",", flags.serviceClusterIpRange()),
                        LocalPki.hostName(),
                        keepsEndpoints(flags.endpointReconcilerType())),
                extensionAuthentication(flags),
                new ApiServerConfig.Kubelets(
                        flags.kubeletClientCertificate(),
                        flags.kubeletClientKey(),
                        flags.kubeletCertificateAuthority(),
                        flags.kubeletPreferredAddressTypes()),
                new ApiServerConfig.StoreChecks(flags.etcdHealthcheckTimeout(), flags.etcdReadycheckTimeout()),
                new LimitsConfig(
                        flags.enablePriorityAndFairness(),
                        flags.maxRequestsInflight(),
                        flags.maxMutatingRequestsInflight(),
                        flags.requestTimeout(),
                        Duration.ofSeconds(flags.minRequestTimeout()),
                        flags.livezGracePeriod()),
                FeatureGates.parse(flags.featureGates()),
                true);
    }

    private static boolean keepsEndpoints(String type) {
        return switch (type) {
            case "lease" -> true;
            case "none" -> false;
            default ->
                throw new IllegalArgumentException(
                        "endpoint-reconciler-type: \"" + type + "\" is not one of lease, none");
        };
    }

    private static SecurityConfig security(ApiServerProperties flags, String externalAddress) {
        return new SecurityConfig(
                flags.clientCaFile(),
                flags.requestheaderClientCaFile(),
                FrontProxyAuthenticator.Config.standard(flags.requestheaderAllowedNames()),
                flags.tokenAuthFile(),
                flags.enableBootstrapTokenAuth(),
                flags.serviceAccountKeyFile() == null ? List.of() : List.of(flags.serviceAccountKeyFile()),
                flags.serviceAccountSigningKeyFile(),
                flags.serviceAccountIssuer(),
                flags.apiAudiences(),
                true,
                null,
                externalAddress,
                flags.authorizationMode(),
                flags.anonymousAuth(),
                flags.disableAdmissionPlugins());
    }

    /** What extension API servers read to trust the same clients. */
    private static Map<String, String> extensionAuthentication(ApiServerProperties flags) {
        Map<String, String> data = new LinkedHashMap<>();
        if (flags.clientCaFile() != null) {
            data.put("client-ca-file", text(flags.clientCaFile(), "client-ca-file"));
        }
        if (flags.requestheaderClientCaFile() != null) {
            data.put(
                    "requestheader-client-ca-file",
                    text(flags.requestheaderClientCaFile(), "requestheader-client-ca-file"));
            data.put(
                    "requestheader-allowed-names", Json.mapper().writeValueAsString(flags.requestheaderAllowedNames()));
            data.put("requestheader-username-headers", "[\"X-Remote-User\"]");
            data.put("requestheader-group-headers", "[\"X-Remote-Group\"]");
            data.put("requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]");
        }
        return data;
    }

    private static String text(Path file, String flag) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(flag + ": cannot read " + file, unreadable);
        }
    }

    private static InetAddress advertised(@Nullable String advertised, String bound) {
        try {
            if (advertised != null && !advertised.isEmpty()) {
                return InetAddress.getByName(advertised);
            }
            InetAddress bind = InetAddress.getByName(bound);
            return bind.isAnyLocalAddress() || bind.isLoopbackAddress() ? defaultRouteAddress() : bind;
        } catch (IOException unknown) {
            throw new IllegalArgumentException("advertise-address: " + unknown.getMessage(), unknown);
        }
    }

    /** On a host without a default route: the first address that is not only its own. */
    private static InetAddress firstAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(each -> !each.isLoopbackAddress() && !each.isLinkLocalAddress())
                .findFirst()
                .orElseGet(InetAddress::getLoopbackAddress);
    }

    /** The address that the default route leaves by; connecting a datagram socket sends nothing. */
    private static InetAddress defaultRouteAddress() throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress("192.0.2.1", 9));
            InetAddress local = socket.getLocalAddress();
            return local.isAnyLocalAddress() ? firstAddress() : local;
        } catch (UncheckedIOException noRoute) {
            return firstAddress();
        }
    }
}
