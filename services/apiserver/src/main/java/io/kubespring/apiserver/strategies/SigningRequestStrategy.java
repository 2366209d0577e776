package io.kubespring.apiserver.strategies;

import io.kubespring.api.error.FieldError;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.access.SigningRequestValidation;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * CertificateSigningRequests: the server writes down who asked, nothing of the request can change afterwards, approval
 * writes only the conditions and the signer only the rest of the status.
 */
final class SigningRequestStrategy extends KindStrategy {

    SigningRequestStrategy() {
        super(Traits.PLAIN);
    }

    @Override
    public void prepareForCreate(ObjectNode request, Context context) {
        super.prepareForCreate(request, context);
        ObjectNode spec = request.get("spec") instanceof ObjectNode given ? given : request.putObject("spec");
        UserInfo user = context.user();
        spec.put("username", user.name());
        spec.remove(List.of("uid", "groups", "extra"));
        if (!user.uid().isEmpty()) {
            spec.put("uid", user.uid());
        }
        if (!user.groups().isEmpty()) {
            ArrayNode groups = spec.putArray("groups");
            user.groups().forEach(groups::add);
        }
        if (!user.extra().isEmpty()) {
            ObjectNode extra = spec.putObject("extra");
            user.extra().forEach((key, values) -> values.forEach(extra.putArray(key)::add));
        }
    }

    @Override
    public Set<String> resetFields(String subresource) {
        return switch (subresource) {
            case "" -> Set.of("spec", "status");
            case "approval" -> Set.of("spec", "status.certificate");
            default -> Set.of("spec", "status.conditions");
        };
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        JsonNode conditions = next.path("status").path("conditions").deepCopy();
        super.prepareForUpdate(next, current, context);
        keep("spec", next, current);
        if (context.subresource().equals("approval")) {
            keep("status", next, current);
            ObjectNode status = next.get("status") instanceof ObjectNode kept ? kept : next.putObject("status");
            if (conditions.isMissingNode()) {
                status.remove("conditions");
            } else {
                status.set("conditions", conditions);
            }
        }
        if (!context.subresource().isEmpty()) {
            stampConditions(next, current, context);
        }
    }

    @Override
    public List<FieldError> validateCreate(ObjectNode request, Context context) {
        List<FieldError> errors = super.validateCreate(request, context);
        byte[] der = SigningRequestValidation.request(Field.root(request).at("spec"));
        String problem = der == null ? "" : RequestSignature.problem(der);
        if (problem.isEmpty()) {
            return errors;
        }
        List<FieldError> all = new ArrayList<>(errors);
        int place = (int) errors.stream()
                .takeWhile(each -> each.field().startsWith("metadata"))
                .count();
        all.add(
                place,
                FieldError.invalid(
                        "spec.request", request.path("spec").path("request").asString(""), problem));
        return all;
    }

    /** Conditions say since when they are so; whoever writes them need not. */
    private static void stampConditions(ObjectNode next, ObjectNode current, Context context) {
        String now = context.now().truncatedTo(ChronoUnit.SECONDS).toString();
        for (JsonNode each : next.path("status").path("conditions")) {
            if (each instanceof ObjectNode condition) {
                if (!condition.hasNonNull("lastUpdateTime")) {
                    condition.put("lastUpdateTime", now);
                }
                if (!condition.hasNonNull("lastTransitionTime")) {
                    condition.put("lastTransitionTime", since(condition, current, now));
                }
            }
        }
    }

    private static String since(ObjectNode condition, ObjectNode current, String now) {
        for (JsonNode old : current.path("status").path("conditions")) {
            if (old.path("type").equals(condition.path("type"))
                    && old.path("status").equals(condition.path("status"))) {
                return old.path("lastTransitionTime").asString(now);
            }
        }
        return now;
    }
}
