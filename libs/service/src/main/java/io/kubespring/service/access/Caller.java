package io.kubespring.service.access;

import java.util.List;
import java.util.Map;

/** Who makes a request. */
public record Caller(String name, String uid, List<String> groups, Map<String, List<String>> extra) {

    public static final Caller ANONYMOUS =
            new Caller("system:anonymous", "", List.of("system:unauthenticated"), Map.of());
}
