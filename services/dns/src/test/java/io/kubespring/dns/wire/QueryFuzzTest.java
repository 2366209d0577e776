package io.kubespring.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.kubespring.dns.zone.Answer;
import io.kubespring.dns.zone.ClusterZone;
import io.kubespring.testing.fuzz.Fuzz;
import io.kubespring.testing.fuzz.Mangler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Datagrams that nobody sends by accident: each is passed over or answered with a response that fits and can be read. */
class QueryFuzzTest {

    private static final String HEADER = "12340100000100000000000";
    private static final ClusterZone ZONE = zone();
    private static final ResponseWriter WRITER = new ResponseWriter(5, ZONE.origin());

    private static final List<byte[]> CORPUS = Stream.of(
                    "",
                    "00",
                    HEADER + "0",
                    HEADER + "0" + "00",
                    HEADER + "0" + "00" + "0001",
                    HEADER + "0" + "00" + "00010001",
                    question("web.default.svc.cluster.local", 1),
                    question("WEB.Default.svc.cluster.local", 255),
                    question("_http._tcp.web.default.svc.cluster.local", 33),
                    question("10-1-2-3.default.pod.cluster.local", 1),
                    question("dns-version.cluster.local", 16),
                    question("20.0.96.10.in-addr.arpa", 12),
                    question("999.999.0.10.in-addr.arpa", 12),
                    question("1.0.0.ip6.arpa", 12),
                    question("cluster.local", 6),
                    question("nope.cluster.local", 28),
                    question("a".repeat(63) + ".cluster.local", 1),
                    question("a.".repeat(118) + "cluster.local", 1),
                    HEADER + "0" + "c00c" + "00010001",
                    HEADER + "0" + "c0ff" + "00010001",
                    HEADER + "0" + "40" + "61".repeat(64) + "00" + "00010001",
                    HEADER + "0" + "ff61",
                    HEADER + "0" + "03612e62" + name("cluster.local") + "00010001",
                    HEADER + "0" + "02ff00" + name("svc.cluster.local") + "00010001",
                    HEADER + "1" + name("web.default.svc.cluster.local") + "00010001" + "0000290200000000000000",
                    HEADER + "1" + name("web.default.svc.cluster.local") + "00010001" + "0000290000000000000000",
                    HEADER + "1" + name("web.default.svc.cluster.local") + "00010001" + "000029ffff000000",
                    "12348100000100000000000" + "0" + name("cluster.local") + "00010001",
                    "12342800000100000000000" + "0" + name("cluster.local") + "00010001",
                    "12340100000200000000000" + "0" + name("cluster.local") + "00010001",
                    "1234ffffffffffffffffffff")
            .map(HexFormat.of()::parseHex)
            .toList();

    private static ClusterZone zone() {
        var zone = new ClusterZone("cluster.local");
        zone.putNamespace("default");
        zone.put(new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withClusterIP("10.96.0.20")
                .withClusterIPs("10.96.0.20")
                .addNewPort()
                .withName("http")
                .withProtocol("TCP")
                .withPort(80)
                .endPort()
                .endSpec()
                .build());
        return zone;
    }

    private static String name(String name) {
        var hex = new StringBuilder();
        for (String label : name.split("\\.")) {
            byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
            hex.append(String.format("%02x", bytes.length))
                    .append(HexFormat.of().formatHex(bytes));
        }
        return hex + "00";
    }

    private static String question(String name, int type) {
        return HEADER + "0" + name(name) + String.format("%04x", type) + "0001";
    }

    static List<byte[]> corpus() {
        return CORPUS;
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void nastyDatagrams(byte[] datagram) {
        check(datagram);
    }

    @Test
    @Tag("long")
    void manyMangledDatagrams() {
        Fuzz.seeds(
                3_000_000,
                seed -> HexFormat.of().formatHex(new Mangler(CORPUS, "\0\1\2\3\5\14\20\77\300\377awsvc", seed).bytes()),
                hex -> check(HexFormat.of().parseHex(hex)));
    }

    private static void check(byte[] datagram) {
        ByteBuf message = Unpooled.wrappedBuffer(datagram);
        Query query = Query.parse(message);
        assertThat(message.readerIndex()).isZero();
        if (query == null) {
            return;
        }
        assertThat(query.end()).isBetween(12, datagram.length);
        assertThat(query.maxPayload()).isBetween(512, 1232);
        ByteBuf out = Unpooled.buffer(512);
        WRITER.writeError(query, message, ResponseWriter.Code.SERVER_FAILURE, out);
        header(query, out);
        for (ClusterZone.Type type : ClusterZone.Type.values()) {
            Answer answer = answer(query.lowerCaseName(), type);
            if (answer != null) {
                out.clear();
                WRITER.write(query, message, answer, out, query.maxPayload());
                header(query, out);
                assertThat(out.readableBytes()).isLessThanOrEqualTo(query.maxPayload());
            }
        }
    }

    private static @Nullable Answer answer(String name, ClusterZone.Type type) {
        if (ZONE.contains(name)) {
            return ZONE.resolve(name, type);
        }
        return name.endsWith(".arpa.") ? ZONE.reverse(name) : null;
    }

    private static void header(Query query, ByteBuf out) {
        assertThat(out.getUnsignedShort(0)).isEqualTo(query.id());
        assertThat(out.getUnsignedShort(2) & 0x8000).isNotZero();
        assertThat(out.getUnsignedShort(4)).isEqualTo(1);
    }
}
