package io.kubespring.dns.zone;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.kubespring.dns.zone.Answer.Address;
import io.kubespring.dns.zone.Answer.Cname;
import io.kubespring.dns.zone.Answer.Ptr;
import io.kubespring.dns.zone.Answer.Record;
import io.kubespring.dns.zone.Answer.Srv;
import io.kubespring.dns.zone.Answer.Txt;
import io.kubespring.dns.zone.ServiceEntry.HeadlessEndpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The names of the cluster domain: services, headless endpoints, pods by address, and their reverse. Fed one object at a
 * time (by one thread), asked by any number of threads without a lock. An answer depends on what was fed, never on order.
 */
public final class ClusterZone {

    /** The record types that the zone can tell apart. */
    public enum Type {
        A,
        AAAA,
        SRV,
        CNAME,
        PTR,
        TXT,
        ANY,
        OTHER
    }

    /** The version of the specification that {@code dns-version.<zone>} answers. */
    private static final String SPECIFICATION = "1.1.0";

    private final String zone;
    private final Map<String, Service> services = new HashMap<>();
    private final Map<String, Map<String, EndpointSlice>> slices = new HashMap<>();
    private final Map<String, ServiceEntry> entries = new ConcurrentHashMap<>();
    private final Map<String, String> reverse = new ConcurrentHashMap<>();
    private final Set<String> namespaces = ConcurrentHashMap.newKeySet();

    /** @param domain "cluster.local" */
    public ClusterZone(String domain) {
        zone = domain + ".";
    }

    /** Absolute, with its final dot. */
    public String origin() {
        return zone;
    }

    public boolean contains(String name) {
        return name.endsWith(zone)
                && (name.length() == zone.length() || name.charAt(name.length() - zone.length() - 1) == '.');
    }

    public synchronized void put(Service service) {
        String key =
                key(service.getMetadata().getNamespace(), service.getMetadata().getName());
        services.put(key, service);
        refresh(key);
    }

    public synchronized void remove(Service service) {
        String key =
                key(service.getMetadata().getNamespace(), service.getMetadata().getName());
        services.remove(key);
        refresh(key);
    }

    public synchronized void put(EndpointSlice slice) {
        String key = owner(slice);
        if (key != null) {
            slices.computeIfAbsent(key, any -> new HashMap<>())
                    .put(slice.getMetadata().getName(), slice);
            refresh(key);
        }
    }

    public synchronized void remove(EndpointSlice slice) {
        String key = owner(slice);
        Map<String, EndpointSlice> siblings = key == null ? null : slices.get(key);
        if (key != null && siblings != null) {
            siblings.remove(slice.getMetadata().getName());
            if (siblings.isEmpty()) {
                slices.remove(key);
            }
            refresh(key);
        }
    }

    public void putNamespace(String name) {
        namespaces.add(name);
    }

    public void removeNamespace(String name) {
        namespaces.remove(name);
    }

    private static @Nullable String owner(EndpointSlice slice) {
        Map<String, String> labels = slice.getMetadata().getLabels();
        String service = labels == null ? null : labels.get("kubernetes.io/service-name");
        return service == null ? null : key(slice.getMetadata().getNamespace(), service);
    }

    /** The order of DNS labels, "name.namespace", so that a query needs no rebuilding. */
    private static String key(String namespace, String name) {
        return name + "." + namespace;
    }

    private void refresh(String key) {
        Service service = services.get(key);
        ServiceEntry next = service == null
                ? null
                : ServiceEntry.of(service, slices.getOrDefault(key, Map.of()).values(), zone);
        ServiceEntry former = next == null ? entries.remove(key) : entries.put(key, next);
        if (former != null) {
            reverseNames(former).forEach(reverse::remove);
        }
        if (next != null) {
            reverse.putAll(reverseNames(next));
        }
    }

    private static Map<String, String> reverseNames(ServiceEntry entry) {
        Map<String, String> names = new HashMap<>();
        entry.clusterIps().forEach(each -> names.put(Addresses.reverse(each), entry.domain()));
        entry.endpoints()
                .forEach(each -> names.put(Addresses.reverse(each.address()), each.host() + "." + entry.domain()));
        return names;
    }

    /** The name behind a reverse-lookup name, or null: then somebody else may know. */
    public @Nullable Answer reverse(String name) {
        String target = reverse.get(name);
        return target == null ? null : Answer.of(List.of(new Ptr(name, target)));
    }

    /**
     * @param name lower case, absolute, in this zone
     */
    public Answer resolve(String name, Type type) {
        if (name.length() == zone.length()) {
            return Answer.NO_DATA;
        }
        String relative = name.substring(0, name.length() - zone.length() - 1);
        if (relative.equals("svc") || relative.equals("pod")) {
            return Answer.NO_DATA;
        }
        if (relative.equals("dns-version")) {
            return wants(type, Type.TXT) ? Answer.of(List.of(new Txt(name, SPECIFICATION))) : Answer.NO_DATA;
        }
        if (relative.endsWith(".svc")) {
            return service(name, relative.substring(0, relative.length() - 4), type);
        }
        if (relative.endsWith(".pod")) {
            return pod(name, relative.substring(0, relative.length() - 4), type);
        }
        return Answer.NAME_ERROR;
    }

    private Answer pod(String name, String relative, Type type) {
        int dot = relative.indexOf('.');
        if (dot < 0) {
            return namespaces.contains(relative) ? Answer.NO_DATA : Answer.NAME_ERROR;
        }
        byte[] address = Addresses.undashed(relative.substring(0, dot));
        if (address == null || !namespaces.contains(relative.substring(dot + 1))) {
            return Answer.NAME_ERROR;
        }
        return addresses(name, List.of(address), type);
    }

    private Answer service(String name, String relative, Type type) {
        int last = relative.lastIndexOf('.');
        if (last < 0) {
            return namespaces.contains(relative) ? Answer.NO_DATA : Answer.NAME_ERROR;
        }
        int cut = relative.lastIndexOf('.', last - 1);
        ServiceEntry entry = entries.get(relative.substring(cut + 1));
        if (entry == null) {
            return Answer.NAME_ERROR;
        }
        String prefix = cut < 0 ? "" : relative.substring(0, cut);
        if (prefix.isEmpty()) {
            return wholeService(name, entry, type);
        }
        return prefix.charAt(0) == '_' ? ports(name, prefix, entry, type) : endpoint(name, prefix, entry, type);
    }

    private static Answer wholeService(String name, ServiceEntry entry, Type type) {
        if (entry.externalName() != null) {
            return Answer.of(List.of(new Cname(name, entry.externalName())));
        }
        if (type == Type.SRV) {
            return ports(name, "", entry, type);
        }
        List<byte[]> addresses = entry.clusterIps().isEmpty()
                ? entry.endpoints().stream().map(HeadlessEndpoint::address).toList()
                : entry.clusterIps();
        return addresses(name, addresses, type);
    }

    private static Answer endpoint(String name, String host, ServiceEntry entry, Type type) {
        List<byte[]> found = entry.endpoints().stream()
                .filter(each -> each.host().equals(host))
                .map(HeadlessEndpoint::address)
                .toList();
        return found.isEmpty() ? Answer.NAME_ERROR : addresses(name, found, type);
    }

    /** SRV records of one port ("_http._tcp"), or of all for an empty prefix. */
    private static Answer ports(String name, String prefix, ServiceEntry entry, Type type) {
        List<Record> records = new ArrayList<>();
        List<Record> additional = new ArrayList<>();
        entry.ports().forEach((label, port) -> {
            if (prefix.isEmpty() || prefix.equals(label)) {
                records.add(new Srv(name, 0, 100, port, entry.domain()));
            }
        });
        if (!records.isEmpty()) {
            entry.clusterIps().forEach(each -> additional.add(new Address(entry.domain(), each)));
        }
        for (HeadlessEndpoint endpoint : entry.endpoints()) {
            String target = endpoint.host() + "." + entry.domain();
            endpoint.ports().forEach((label, port) -> {
                if (prefix.isEmpty() || prefix.equals(label)) {
                    records.add(new Srv(name, 0, 100, port, target));
                    additional.add(new Address(target, endpoint.address()));
                }
            });
        }
        if (records.isEmpty()) {
            return prefix.isEmpty() ? Answer.NO_DATA : Answer.NAME_ERROR;
        }
        return wants(type, Type.SRV) ? new Answer(true, records, additional) : Answer.NO_DATA;
    }

    private static Answer addresses(String name, Collection<byte[]> addresses, Type type) {
        List<Address> records = addresses.stream()
                .filter(each -> wants(type, each.length == 4 ? Type.A : Type.AAAA))
                .map(each -> new Address(name, each))
                .toList();
        return records.isEmpty() ? Answer.NO_DATA : Answer.of(records);
    }

    private static boolean wants(Type asked, Type offered) {
        return asked == offered || asked == Type.ANY;
    }
}
