package io.kubespring.kubelet.environment;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.resources.Amounts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Values that the downward API offers, by their field path. */
public final class PodFields {

    /**
     * What only the node knows.
     *
     * @param podIps the Pod's addresses, empty before it has any
     */
    public record NodeFacts(
            String nodeName,
            List<String> hostIps,
            List<String> podIps,
            long allocatableMilliCpu,
            long allocatableMemory) {}

    private PodFields() {}

    /** @throws ConfigException where the path is unknown */
    public static String field(Pod pod, NodeFacts facts, String path) {
        int subscript = path.indexOf("['");
        if (subscript > 0 && path.endsWith("']")) {
            String key = path.substring(subscript + 2, path.length() - 2);
            return switch (path.substring(0, subscript)) {
                case "metadata.labels" -> Pods.labels(pod).getOrDefault(key, "");
                case "metadata.annotations" -> Pods.annotations(pod).getOrDefault(key, "");
                default -> throw new ConfigException("unsupported fieldPath: " + path);
            };
        }
        return switch (path) {
            case "metadata.name" -> pod.getMetadata().getName();
            case "metadata.namespace" -> pod.getMetadata().getNamespace();
            case "metadata.uid" -> Pods.uid(pod);
            case "metadata.labels" -> lines(Pods.labels(pod));
            case "metadata.annotations" -> lines(Pods.annotations(pod));
            case "spec.nodeName" -> facts.nodeName();
            case "spec.serviceAccountName" -> orEmpty(pod.getSpec().getServiceAccountName());
            case "status.hostIP" ->
                facts.hostIps().isEmpty() ? "" : facts.hostIps().getFirst();
            case "status.hostIPs" -> String.join(",", facts.hostIps());
            case "status.podIP" ->
                facts.podIps().isEmpty() ? "" : facts.podIps().getFirst();
            case "status.podIPs" -> String.join(",", facts.podIps());
            default -> throw new ConfigException("unsupported fieldPath: " + path);
        };
    }

    /** Sorted {@code key="value"} lines, the values in Go's quoting. */
    private static String lines(Map<String, String> values) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=\""
                                + entry.getValue()
                                        .replace("\\", "\\\\")
                                        .replace("\"", "\\\"")
                                        .replace("\n", "\\n")
                                        .replace("\t", "\\t")
                                + "\"")
                        .collect(Collectors.joining("\n"));
    }

    /** A request or limit divided by the selector's divisor, rounded up; an absent limit is what the node has. */
    public static String resource(Pod pod, Container container, ResourceFieldSelector selector, NodeFacts facts) {
        Container named = container;
        String name = selector.getContainerName();
        if (name != null && !name.isEmpty()) {
            Container other = Pods.container(pod, name);
            if (other == null) {
                throw new ConfigException("container " + name + " not found");
            }
            named = other;
        }
        BigDecimal amount = switch (selector.getResource()) {
            case "limits.cpu" ->
                amount(Amounts.limits(named), "cpu", BigDecimal.valueOf(facts.allocatableMilliCpu(), 3));
            case "limits.memory" ->
                amount(Amounts.limits(named), "memory", BigDecimal.valueOf(facts.allocatableMemory()));
            case "limits.ephemeral-storage" -> amount(Amounts.limits(named), "ephemeral-storage", BigDecimal.ZERO);
            case "requests.cpu" -> amount(Amounts.requests(named), "cpu", BigDecimal.ZERO);
            case "requests.memory" -> amount(Amounts.requests(named), "memory", BigDecimal.ZERO);
            case "requests.ephemeral-storage" -> amount(Amounts.requests(named), "ephemeral-storage", BigDecimal.ZERO);
            default -> throw new ConfigException("unsupported container resource : " + selector.getResource());
        };
        return amount.divide(divisor(selector), 0, RoundingMode.CEILING).toPlainString();
    }

    private static BigDecimal divisor(ResourceFieldSelector selector) {
        Quantity divisor = selector.getDivisor();
        if (divisor == null || divisor.getNumericalAmount().signum() == 0) {
            return BigDecimal.ONE;
        }
        return divisor.getNumericalAmount();
    }

    private static BigDecimal amount(Map<String, Quantity> amounts, String resource, BigDecimal otherwise) {
        Quantity quantity = amounts.get(resource);
        return quantity == null || quantity.getNumericalAmount().signum() == 0
                ? otherwise
                : quantity.getNumericalAmount();
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }
}
