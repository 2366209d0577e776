package io.kubespring.node.netlink;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What leads to the other machines of an overlay: entries of its device (empty where it needs none) and routes.
 *
 * @param device whose entries these are; empty for none
 * @param addresses of the device, with prefix lengths
 * @param neighbours IP address to MAC
 * @param forwarding MAC to the machine behind it
 * @param routes by destination
 */
public record OverlayState(
        String device,
        Set<String> addresses,
        Map<String, String> neighbours,
        Map<String, String> forwarding,
        Map<String, Route> routes) {

    /** Marks our routes among the machine's: what carries this protocol number is ours to remove. */
    public static final int ROUTE_PROTOCOL = 96;

    /**
     * Commands that lead from one state to another, to be run in this order: whatever a route needs is there before it
     * and goes after it, so packets never take a way that is half built.
     */
    public record Commands(List<String> entries, List<String> forwarding, List<String> routes) {

        public boolean isEmpty() {
            return entries.isEmpty() && forwarding.isEmpty() && routes.isEmpty();
        }
    }

    /** What has to be done to a machine in this state so that it is in the {@code wanted} one; nothing else is touched. */
    public Commands commandsTo(OverlayState wanted) {
        var entries = new TreeSet<String>();
        var bridge = new TreeSet<String>();
        var routing = new TreeSet<String>();
        var after = new TreeSet<String>();
        String dev = " dev " + wanted.device;
        wanted.addresses.stream()
                .filter(each -> !addresses.contains(each))
                .forEach(each -> entries.add("address replace " + each + dev));
        addresses.stream()
                .filter(each -> !wanted.addresses.contains(each))
                .forEach(each -> after.add("address del " + each + dev));
        changed(neighbours, wanted.neighbours)
                .forEach((ip, mac) -> entries.add("neigh replace " + ip + " lladdr " + mac + dev + " nud permanent"));
        gone(neighbours, wanted.neighbours).forEach((ip, mac) -> after.add("neigh del " + ip + dev));
        changed(forwarding, wanted.forwarding)
                .forEach((mac, to) -> bridge.add("fdb replace " + mac + dev + " dst " + to + " self permanent"));
        gone(forwarding, wanted.forwarding)
                .forEach((mac, to) -> bridge.add("fdb del " + mac + dev + " dst " + to + " self"));
        changed(routes, wanted.routes)
                .forEach((to, route) -> routing.add("route replace " + route.command() + " proto " + ROUTE_PROTOCOL));
        gone(routes, wanted.routes)
                .forEach((to, route) -> routing.add("route del " + route.command() + " proto " + ROUTE_PROTOCOL));
        List<String> last = new java.util.ArrayList<>(routing);
        last.addAll(after);
        return new Commands(List.copyOf(entries), List.copyOf(bridge), List.copyOf(last));
    }

    private static <V> Map<String, V> changed(Map<String, V> now, Map<String, V> wanted) {
        var result = new TreeMap<>(wanted);
        result.entrySet().removeIf(each -> each.getValue().equals(now.get(each.getKey())));
        return result;
    }

    private static <V> Map<String, V> gone(Map<String, V> now, Map<String, V> wanted) {
        var result = new TreeMap<>(now);
        result.keySet().removeAll(wanted.keySet());
        return result;
    }
}
