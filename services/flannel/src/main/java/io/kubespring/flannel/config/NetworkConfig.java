package io.kubespring.flannel.config;

import io.kubespring.api.json.Json;
import io.kubespring.flannel.subnet.Ipv4Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The network as {@code net-conf.json} describes it, with upstream's names and defaults. What we cannot do is refused: a
 * setting that has no effect would be worse.
 *
 * @param mtu of the overlay; 0 to derive it from the underlay's
 */
public record NetworkConfig(Ipv4Range network, Type type, int vni, int port, int mtu) {

    /** How packets are carried. */
    public enum Type {
        VXLAN("vxlan"),
        HOST_GATEWAY("host-gw");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** As upstream writes it, in files and annotations. */
        public String text() {
            return text;
        }
    }

    private static final int LARGEST_VNI = (1 << 24) - 1;
    private static final int LARGEST_PORT = 65_535;
    private static final List<String> NOT_HERE = List.of("DirectRouting", "GBP", "Learning");

    /** @throws IllegalArgumentException saying what is wrong with the file */
    public static NetworkConfig load(Path file) {
        try {
            return parse(Files.readAllBytes(file));
        } catch (IOException | JacksonException unreadable) {
            throw new IllegalArgumentException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(file + ": " + wrong.getMessage(), wrong);
        }
    }

    static NetworkConfig parse(byte[] json) {
        JsonNode root = Json.readObject(json);
        String text = root.path("Network").asString("");
        Ipv4Range network = Ipv4Range.parse(text);
        if (network == null) {
            throw new IllegalArgumentException("Network \"" + text + "\" is no IPv4 range");
        }
        if (root.path("EnableIPv6").asBoolean(false) || !root.path("EnableIPv4").asBoolean(true)) {
            throw new IllegalArgumentException("only IPv4 is supported");
        }
        JsonNode backend = root.path("Backend");
        for (String each : NOT_HERE) {
            if (backend.path(each).asBoolean(false)) {
                throw new IllegalArgumentException("Backend." + each + " is not supported");
            }
        }
        return new NetworkConfig(
                network,
                type(backend.path("Type").asString("vxlan")),
                number(backend, "VNI", 1, LARGEST_VNI),
                number(backend, "Port", 8472, LARGEST_PORT),
                number(backend, "MTU", 0, LARGEST_PORT));
    }

    private static Type type(String text) {
        for (Type each : Type.values()) {
            if (each.text.equals(text)) {
                return each;
            }
        }
        throw new IllegalArgumentException("Backend.Type \"" + text + "\" is not supported: vxlan and host-gw are");
    }

    private static int number(JsonNode backend, String name, int fallback, int largest) {
        JsonNode value = backend.path(name);
        if (value.isMissingNode()) {
            return fallback;
        }
        if (!value.isIntegralNumber() || value.asLong() < 0 || value.asLong() > largest) {
            throw new IllegalArgumentException("Backend." + name + " " + value + " is out of range");
        }
        return value.asInt() == 0 ? fallback : value.asInt();
    }
}
