package io.kubespring.node.netlink;

import io.kubespring.api.json.Json;
import io.kubespring.node.process.CommandException;
import io.kubespring.node.process.HostCommands;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Through iproute2: state as JSON, changes in batches that go on after a refusal. */
public final class HostNetlink implements Netlink {

    private final HostCommands commands;

    public HostNetlink(HostCommands commands) {
        this.commands = commands;
    }

    @Override
    public List<NetworkInterfaceState> interfaces() throws IOException {
        List<NetworkInterfaceState> result = new ArrayList<>();
        for (JsonNode link : read("ip", "-j", "-4", "address", "show")) {
            List<String> addresses = new ArrayList<>();
            for (JsonNode each : link.path("addr_info")) {
                addresses.add(each.path("local").asString(""));
            }
            if (!addresses.isEmpty()) {
                result.add(new NetworkInterfaceState(
                        link.path("ifname").asString(""), link.path("mtu").asInt(), List.copyOf(addresses)));
            }
        }
        return result;
    }

    @Override
    public @Nullable String defaultDevice() throws IOException {
        String device = read("ip", "-j", "-4", "route", "show", "default")
                .path(0)
                .path("dev")
                .asString("");
        return device.isEmpty() ? null : device;
    }

    @Override
    public @Nullable VxlanDevice vxlan(String name) throws IOException {
        JsonNode link = link(name);
        return link == null ? null : vxlan(link);
    }

    private @Nullable JsonNode link(String name) throws IOException {
        for (JsonNode each : read("ip", "-j", "-d", "link", "show")) {
            if (each.path("ifname").asString("").equals(name)) {
                return each;
            }
        }
        return null;
    }

    /** A device that learns is none of ours. */
    private static @Nullable VxlanDevice vxlan(JsonNode link) {
        JsonNode data = link.at("/linkinfo/info_data");
        if (!link.at("/linkinfo/info_kind").asString("").equals("vxlan")
                || data.path("learning").asBoolean(true)) {
            return null;
        }
        return new VxlanDevice(
                link.path("ifname").asString(""),
                data.path("id").asInt(),
                data.path("port").asInt(),
                data.path("link").asString(""),
                data.path("local").asString(""),
                link.path("address").asString(""),
                link.path("mtu").asInt());
    }

    @Override
    public void ensure(VxlanDevice device) throws IOException {
        JsonNode link = link(device.name());
        VxlanDevice there = link == null ? null : vxlan(link);
        if (link != null && (there == null || !there.fits(device))) {
            removeDevice(device.name());
            there = null;
        }
        String name = device.name();
        List<String> batch = new ArrayList<>();
        if (there == null) {
            batch.add("link add " + name + " mtu " + device.mtu() + " address " + device.mac() + " type vxlan id "
                    + device.vni() + " dev " + device.underlay() + " local " + device.local() + " dstport "
                    + device.port() + " nolearning");
        } else {
            if (!there.mac().equals(device.mac())) {
                batch.add("link set " + name + " address " + device.mac());
            }
            if (there.mtu() != device.mtu()) {
                batch.add("link set " + name + " mtu " + device.mtu());
            }
        }
        if (there == null || !isUp(link)) {
            batch.add("link set " + name + " up");
        }
        batch("ip", batch);
    }

    private static boolean isUp(@Nullable JsonNode link) {
        return link != null && link.path("flags").toString().contains("\"UP\"");
    }

    @Override
    public void removeDevice(String name) throws IOException {
        if (link(name) != null) {
            commands.run("ip", "link", "del", name);
        }
    }

    @Override
    public OverlayState overlay(String device) throws IOException {
        Set<String> addresses = new TreeSet<>();
        Map<String, String> neighbours = new TreeMap<>();
        Map<String, String> forwarding = new TreeMap<>();
        Map<String, Route> routes = new TreeMap<>();
        if (!device.isEmpty()) {
            for (JsonNode each :
                    read("ip", "-j", "-4", "address", "show", "dev", device).at("/0/addr_info")) {
                addresses.add(each.path("local").asString("") + "/"
                        + each.path("prefixlen").asInt());
            }
            for (JsonNode each : read("ip", "-j", "-4", "neigh", "show", "dev", device, "nud", "permanent")) {
                neighbours.put(
                        each.path("dst").asString(""), each.path("lladdr").asString(""));
            }
            for (JsonNode each : read("bridge", "-j", "fdb", "show", "dev", device)) {
                forwarding.put(each.path("mac").asString(""), each.path("dst").asString(""));
            }
        }
        String protocol = String.valueOf(OverlayState.ROUTE_PROTOCOL);
        for (JsonNode each : read("ip", "-j", "-4", "route", "show", "table", "main", "proto", protocol)) {
            String to = each.path("dst").asString("");
            routes.put(
                    to,
                    new Route(
                            to,
                            each.path("gateway").asString(""),
                            each.path("dev").asString(""),
                            each.path("flags").toString().contains("\"onlink\"")));
        }
        return new OverlayState(device, addresses, neighbours, forwarding, routes);
    }

    @Override
    public void apply(OverlayState.Commands changes) throws IOException {
        List<String> refusals = new ArrayList<>();
        attempt("ip", changes.entries(), refusals);
        attempt("bridge", changes.forwarding(), refusals);
        attempt("ip", changes.routes(), refusals);
        if (!refusals.isEmpty()) {
            throw new IOException(String.join("; ", refusals));
        }
    }

    private void attempt(String program, List<String> lines, List<String> refusals) throws IOException {
        try {
            batch(program, lines);
        } catch (CommandException refused) {
            refusals.add(refused.getMessage());
        }
    }

    private void batch(String program, List<String> lines) throws IOException {
        if (!lines.isEmpty()) {
            commands.run(List.of(program, "-force", "-batch", "-"), String.join("\n", lines) + "\n");
        }
    }

    private JsonNode read(String... command) throws IOException {
        String output = commands.run(command);
        // Some versions print nothing at all where there is nothing.
        return output.isBlank()
                ? Json.mapper().createArrayNode()
                : Json.mapper().readTree(output);
    }
}
