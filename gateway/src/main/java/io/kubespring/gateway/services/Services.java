package io.kubespring.gateway.services;

import io.kubespring.api.time.TimeSource;
import io.kubespring.gateway.upstream.Connections;
import io.kubespring.gateway.upstream.Endpoint;
import io.kubespring.gateway.upstream.Endpoints;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The other services by name, each with its health, as {@code --service=scheduler=https://10.0.0.2:10259} tells. */
public final class Services implements AutoCloseable {

    private static final Pattern SETTING = Pattern.compile("([a-z0-9][a-z0-9-]*)=(https?://.+)");

    private final Map<String, Endpoints> byName = new LinkedHashMap<>();

    /** @throws IllegalArgumentException naming the setting that is wrong */
    public Services(List<String> settings, Connections connections, TimeSource time) {
        for (String setting : settings) {
            var parts = SETTING.matcher(setting.strip());
            if (!parts.matches()) {
                throw new IllegalArgumentException("not a service, as name=https://host:port: " + setting);
            }
            String name = parts.group(1);
            var endpoint = new Endpoint(parts.group(2));
            byName.put(name, new Endpoints("service " + name, List.of(endpoint), connections, time));
        }
    }

    public void start() {
        byName.values().forEach(Endpoints::start);
    }

    public @Nullable Endpoints named(String name) {
        return byName.get(name);
    }

    /** Which are ready, by name. */
    public Map<String, Boolean> health() {
        var health = new LinkedHashMap<String, Boolean>();
        byName.forEach((name, endpoints) -> health.put(name, endpoints.anyReady()));
        return health;
    }

    @Override
    public void close() {
        byName.values().forEach(Endpoints::close);
    }
}
