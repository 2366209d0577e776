package io.kubespring.apiserver.openapi;

import io.kubespring.apiserver.openapi.OperationWriter.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One path's operations. A parameter that all of them take is the path's own, as upstream writes it. */
final class PathItem {

    private final Map<String, Operation> operations = new LinkedHashMap<>();

    void put(String method, Operation operation) {
        operations.put(method, operation);
    }

    /** By their methods. */
    Map<String, Operation> operations() {
        return operations;
    }

    /** In the order of their names. */
    List<Parameter> shared() {
        Set<Parameter> common = null;
        for (Operation each : operations.values()) {
            if (common == null) {
                common = new TreeSet<>(Parameter.ORDER);
                common.addAll(each.parameters());
            } else {
                common.retainAll(each.parameters());
            }
        }
        return common == null ? List.of() : List.copyOf(common);
    }

    static List<Parameter> without(List<Parameter> all, List<Parameter> shared) {
        return all.stream()
                .filter(each -> !shared.contains(each))
                .sorted(Parameter.ORDER)
                .collect(Collectors.toList());
    }
}
