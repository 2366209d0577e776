package io.kubespring.apiserver.request;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.error.StatusException;
import io.kubespring.apimachinery.decode.ObjectDecoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code DeleteOptions}, from the body if there is one, else from the query.
 *
 * @param propagationPolicy "Orphan", "Background", "Foreground" or null
 * @param preconditionUid null if none
 * @param preconditionResourceVersion null if none
 */
public record DeleteOptions(
        @Nullable Long gracePeriodSeconds,
        @Nullable String propagationPolicy,
        @Nullable Boolean orphanDependents,
        @Nullable String preconditionUid,
        @Nullable String preconditionResourceVersion,
        boolean dryRun) {

    public static final DeleteOptions NONE = new DeleteOptions(null, null, null, null, null, false);

    private static final GroupVersionKind KIND = new GroupVersionKind("meta.k8s.io", "v1", "DeleteOptions");

    public static DeleteOptions of(QueryParameters query) {
        if (query.isEmpty()) {
            return NONE;
        }
        return checked(
                query.number("gracePeriodSeconds"),
                query.first("propagationPolicy"),
                query.optionalFlag("orphanDependents"),
                null,
                null,
                query.all("dryRun"));
    }

    /** Beside a body the query counts for nothing. */
    public static DeleteOptions of(ObjectNode body) {
        List<String> dryRun = new ArrayList<>();
        body.path("dryRun").forEach(each -> dryRun.add(each.asString()));
        JsonNode preconditions = body.path("preconditions");
        return checked(
                number(body.get("gracePeriodSeconds")),
                text(body.get("propagationPolicy")),
                body.get("orphanDependents") instanceof JsonNode flag && flag.isBoolean() ? flag.asBoolean() : null,
                text(preconditions.get("uid")),
                text(preconditions.get("resourceVersion")),
                dryRun);
    }

    /** The same for an object of exactly that version. */
    public DeleteOptions withResourceVersion(String version) {
        return new DeleteOptions(
                gracePeriodSeconds, propagationPolicy, orphanDependents, preconditionUid, version, dryRun);
    }

    private static DeleteOptions checked(
            @Nullable Long grace,
            @Nullable String policy,
            @Nullable Boolean orphan,
            @Nullable String uid,
            @Nullable String resourceVersion,
            List<String> dryRuns) {
        List<FieldError> errors = new ArrayList<>();
        if (orphan != null && policy != null) {
            errors.add(FieldError.invalid(
                    "propagationPolicy", policy, "orphanDependents and deletionPropagation cannot be both set"));
        }
        if (policy != null && !List.of("Foreground", "Background", "Orphan").contains(policy)) {
            errors.add(FieldError.notSupportedOf(
                    "propagationPolicy", policy, "Foreground", "Background", "Orphan", "nil"));
        }
        boolean dryRun = WriteOptions.dryRun(dryRuns, errors);
        if (!errors.isEmpty()) {
            throw StatusException.invalid(KIND, "", errors);
        }
        return new DeleteOptions(grace, policy, orphan, uid, resourceVersion, dryRun);
    }

    private static @Nullable Long number(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isIntegralNumber()) {
            throw StatusException.badRequest("json: cannot unmarshal " + ObjectDecoder.goName(node)
                    + " into Go struct field DeleteOptions.gracePeriodSeconds of type int64");
        }
        return node.asLong();
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node.asString();
    }
}
