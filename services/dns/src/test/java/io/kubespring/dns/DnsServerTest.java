package io.kubespring.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.SystemTime;
import io.kubespring.dns.forward.Forwarder;
import io.kubespring.dns.zone.ClusterZone;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** The server as an ordinary resolver library sees it. */
class DnsServerTest {

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ClusterZone zone = new ClusterZone("cluster.local");
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private DnsServer server;
    private Forwarder forwarder;
    private DnsServer upstream;
    private Forwarder nowhere;
    private InetSocketAddress address;

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static DnsMetrics metrics(SimpleMeterRegistry registry) {
        return new DnsMetrics(registry, SystemTime.instance(), "cluster.local.");
    }

    @BeforeEach
    void start() {
        // The world outside is another server of ours with a zone of its own.
        ClusterZone outside = new ClusterZone("example.com");
        outside.put(service("www", "192.0.2.1"));
        nowhere = new Forwarder(List.of(), loops, SystemTime.instance(), RandomSource.system());
        upstream = new DnsServer(outside, nowhere, 5, metrics(new SimpleMeterRegistry()));
        InetSocketAddress upstreamAddress = upstream.listen(loopback(), loops);
        forwarder = new Forwarder(List.of(upstreamAddress), loops, SystemTime.instance(), RandomSource.system());
        server = new DnsServer(zone, forwarder, 30, metrics(registry));
        address = server.listen(loopback(), loops);
        zone.putNamespace("default");
        zone.put(service("web", "10.96.0.20"));
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
        forwarder.close();
        nowhere.close();
        loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS);
    }

    private static io.fabric8.kubernetes.api.model.Service service(String name, String clusterIp) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withClusterIP(clusterIp)
                .withClusterIPs(clusterIp)
                .addNewPort()
                .withName("http")
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    private Message ask(String name, int type, boolean tcp) throws Exception {
        var resolver = new SimpleResolver(address);
        resolver.setTCP(tcp);
        resolver.setTimeout(Duration.ofSeconds(10));
        return resolver.send(Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN)));
    }

    @Test
    void answersOverUdpAndTcp() throws Exception {
        for (boolean tcp : new boolean[] {false, true}) {
            Message answer = ask("Web.default.svc.cluster.local.", Type.A, tcp);
            assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
            assertThat(answer.getSection(Section.ANSWER))
                    .singleElement()
                    .satisfies(each -> assertThat(each.rdataToString()).isEqualTo("10.96.0.20"));
        }
    }

    @Test
    void questionsAndAnswersAreCountedByKind() throws Exception {
        ask("web.default.svc.cluster.local.", Type.A, false);
        ask("nothing.default.svc.cluster.local.", Type.AAAA, true);
        ask("www.default.svc.example.com.", Type.A, false);

        assertThat(registry.get("coredns_dns_requests_total")
                        .tags("proto", "udp", "type", "A")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("coredns_dns_requests_total")
                        .tags("proto", "tcp", "type", "AAAA")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("coredns_dns_responses_total")
                        .tag("rcode", "NOERROR")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("coredns_dns_responses_total")
                        .tag("rcode", "NXDOMAIN")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("coredns_dns_request_duration_seconds")
                        .summary()
                        .count())
                .isEqualTo(3);
        assertThat(registry.get("coredns_forward_requests_total").counter().count())
                .isEqualTo(1);
    }

    @Test
    void anUnknownNameOfTheClusterIsANameErrorWithAnAuthority() throws Exception {
        Message answer = ask("nothing.default.svc.cluster.local.", Type.A, false);
        assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(answer.getSection(Section.AUTHORITY)).hasSize(1);
    }

    @Test
    void srvCarriesThePortAndTheAddressBeside() throws Exception {
        Message answer = ask("_http._tcp.web.default.svc.cluster.local.", Type.SRV, false);
        assertThat(answer.getSection(Section.ANSWER))
                .singleElement()
                .satisfies(
                        each -> assertThat(each.rdataToString()).isEqualTo("0 100 80 web.default.svc.cluster.local."));
        assertThat(answer.getSection(Section.ADDITIONAL))
                .anySatisfy(each -> assertThat(each.rdataToString()).isEqualTo("10.96.0.20"));
    }

    @Test
    void namesOutsideAreForwarded() throws Exception {
        for (boolean tcp : new boolean[] {false, true}) {
            Message answer = ask("www.default.svc.example.com.", Type.A, tcp);
            assertThat(answer.getSection(Section.ANSWER))
                    .singleElement()
                    .satisfies(each -> assertThat(each.rdataToString()).isEqualTo("192.0.2.1"));
        }
    }

    @Test
    void withoutAnUpstreamANameOutsideIsAServerFailure() throws Exception {
        assertThat(ask("www.example.org.", Type.A, false).getRcode()).isEqualTo(Rcode.SERVFAIL);
    }

    @Test
    void anUpstreamThatDoesNotAnswerIsAServerFailureInTime() throws Exception {
        var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        try (var patient = new Forwarder(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), silent.getLocalPort())),
                loops,
                SystemTime.instance(),
                RandomSource.system())) {
            var other = new DnsServer(zone, patient, 30, metrics(new SimpleMeterRegistry()));
            address = other.listen(loopback(), loops);
            assertThat(ask("www.example.org.", Type.A, false).getRcode()).isEqualTo(Rcode.SERVFAIL);
            other.close();
        }
        silent.close();
    }

    @Test
    void aLongAnswerIsTruncatedOverUdpAndWholeOverTcp() throws Exception {
        var headless = service("many", "None");
        zone.put(headless);
        var slice = new EndpointSliceBuilder()
                .withNewMetadata()
                .withName("many-1")
                .withNamespace("default")
                .addToLabels("kubernetes.io/service-name", "many")
                .endMetadata()
                .withAddressType("IPv4");
        for (int i = 1; i <= 200; i++) {
            slice = slice.addNewEndpoint().withAddresses("10.244.1." + i).endEndpoint();
        }
        zone.put(slice.build());

        Message whole = ask("many.default.svc.cluster.local.", Type.A, true);
        assertThat(whole.getSection(Section.ANSWER)).hasSize(200);
        // The library falls back to TCP when it sees the truncation flag.
        assertThat(ask("many.default.svc.cluster.local.", Type.A, false).getSection(Section.ANSWER))
                .hasSize(200);
    }

    @Test
    void garbageIsNotAnsweredAndHarmsNobody() throws Exception {
        var seeded = new java.util.SplittableRandom(1);
        try (var socket = new DatagramSocket()) {
            for (int i = 0; i < 500; i++) {
                byte[] noise = new byte[seeded.nextInt(0, 100)];
                seeded.nextBytes(noise);
                socket.send(new DatagramPacket(noise, noise.length, address));
            }
        }
        assertThat(ask("web.default.svc.cluster.local.", Type.A, false).getRcode())
                .isEqualTo(Rcode.NOERROR);
    }
}
