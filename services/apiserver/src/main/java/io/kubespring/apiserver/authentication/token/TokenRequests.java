package io.kubespring.apiserver.authentication.token;

import io.kubespring.api.GroupResource;
import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.authentication.token.ServiceAccountClaims.Reference;
import io.kubespring.apiserver.authorization.ObjectSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST …/serviceaccounts/NAME/token}: issues a token for the audiences, lifetime and bound object that a
 * TokenRequest asks for. Nothing is stored.
 */
public final class TokenRequests {

    private static final GroupVersionKind KIND = new GroupVersionKind("authentication.k8s.io", "v1", "TokenRequest");
    private static final long DEFAULT_SECONDS = 3600;
    private static final long SHORTEST_SECONDS = 600;
    private static final long LONGEST_SECONDS = 1L << 32;
    /** What projected volumes ask for; such tokens live longer for clients that never read the file again. */
    private static final long PROJECTED_SECONDS = 3607;

    private static final long EXTENDED_SECONDS = 365L * 24 * 3600;

    private final TokenIssuer issuer;
    private final List<String> apiAudiences;
    private final boolean extendExpiration;
    private final ObjectSource objects;
    private final TimeSource time;
    private final RandomSource random;

    /** @param extendExpiration {@code --service-account-extend-token-expiration} */
    public TokenRequests(
            TokenIssuer issuer,
            List<String> apiAudiences,
            boolean extendExpiration,
            ObjectSource objects,
            TimeSource time,
            RandomSource random) {
        this.issuer = issuer;
        this.apiAudiences = List.copyOf(apiAudiences);
        this.extendExpiration = extendExpiration;
        this.objects = objects;
        this.time = time;
        this.random = random;
    }

    /**
     * @param request the body, not modified
     * @return the TokenRequest with its status filled
     * @throws StatusException 404 for an unknown account or bound object, 409 for another uid, 422 for a bad lifetime
     */
    public ObjectNode issue(String namespace, String accountName, ObjectNode request) {
        matchPath(request, "name", accountName, accountName);
        matchPath(request, "namespace", namespace, accountName);
        JsonNode account = find(BoundObjects.SERVICE_ACCOUNTS, namespace, accountName);
        ObjectNode answer = request.deepCopy();
        ObjectNode spec = answer.withObjectProperty("spec");
        long seconds = seconds(spec);
        List<String> audiences = audiences(spec);
        Bound bound = bound(namespace, accountName, spec.path("boundObjectRef"));

        Instant now = time.now().truncatedTo(ChronoUnit.SECONDS);
        boolean extended = extendExpiration
                && bound.pod() != null
                && seconds == PROJECTED_SECONDS
                && apiAudiences.containsAll(audiences);
        var claims = new ServiceAccountClaims(
                issuer.issuer(),
                audiences,
                now.plusSeconds(extended ? EXTENDED_SECONDS : seconds),
                now,
                now,
                random.uuid().toString(),
                namespace,
                new Reference(accountName, uid(account)),
                bound.pod(),
                bound.secret(),
                bound.node(),
                extended ? now.plusSeconds(seconds) : null);

        answer.put("kind", KIND.kind()).put("apiVersion", KIND.apiVersion());
        answer.withObjectProperty("metadata")
                .put("name", accountName)
                .put("namespace", namespace)
                .put("creationTimestamp", now.toString());
        answer.putObject("status")
                .put("token", issuer.sign(claims))
                .put("expirationTimestamp", now.plusSeconds(seconds).toString());
        return answer;
    }

    /** A body that names an account at all names the one of the path. */
    private static void matchPath(ObjectNode request, String field, String expected, String accountName) {
        String given = request.path("metadata").path(field).asString("");
        if (!given.isEmpty() && !given.equals(expected)) {
            throw StatusException.invalid(
                    KIND,
                    accountName,
                    List.of(FieldError.invalid(
                            "metadata." + field, given, "must match the service account " + field + " if specified")));
        }
    }

    private static long seconds(ObjectNode spec) {
        JsonNode asked = spec.path("expirationSeconds");
        if (asked.isMissingNode() || asked.isNull()) {
            spec.put("expirationSeconds", DEFAULT_SECONDS);
            return DEFAULT_SECONDS;
        }
        long seconds = asked.asLong(0);
        String detail = seconds < SHORTEST_SECONDS
                ? "may not specify a duration less than 10 minutes"
                : seconds > LONGEST_SECONDS ? "may not specify a duration larger than 2^32 seconds" : null;
        if (detail != null) {
            throw StatusException.invalid(
                    KIND, "", List.of(FieldError.invalid("spec.expirationSeconds", seconds, detail)));
        }
        return seconds;
    }

    private List<String> audiences(ObjectNode spec) {
        var audiences = new ArrayList<String>();
        spec.path("audiences").forEach(each -> audiences.add(each.asString("")));
        if (audiences.isEmpty()) {
            apiAudiences.forEach(spec.putArray("audiences")::add);
            return apiAudiences;
        }
        return List.copyOf(audiences);
    }

    private record Bound(
            @Nullable Reference pod,
            @Nullable Reference secret,
            @Nullable Reference node) {}

    private Bound bound(String namespace, String accountName, JsonNode reference) {
        if (!reference.isObject()) {
            return new Bound(null, null, null);
        }
        String name = reference.path("name").asString("");
        var kind = GroupVersionKind.of(
                reference.path("apiVersion").asString(""),
                reference.path("kind").asString(""));
        return switch (kind.group().isEmpty() ? kind.kind() : "") {
            case "Pod" -> {
                JsonNode pod = find(BoundObjects.PODS, namespace, name);
                String runsAs = pod.path("spec").path("serviceAccountName").asString("");
                if (!runsAs.equals(accountName)) {
                    throw StatusException.badRequest("cannot bind token for serviceaccount \"" + accountName
                            + "\" to pod running with different serviceaccount name.");
                }
                yield new Bound(checked(kind, name, pod, reference), null, nodeOf(pod));
            }
            case "Secret" ->
                new Bound(null, checked(kind, name, find(BoundObjects.SECRETS, namespace, name), reference), null);
            case "Node" -> new Bound(null, null, checked(kind, name, find(BoundObjects.NODES, "", name), reference));
            default ->
                throw StatusException.badRequest("cannot bind token to object of type " + kind.group() + "/"
                        + kind.version() + ", Kind=" + kind.kind());
        };
    }

    private static Reference checked(GroupVersionKind kind, String name, JsonNode found, JsonNode reference) {
        String uid = uid(found);
        String wanted = reference.path("uid").asString("");
        if (!wanted.isEmpty() && !wanted.equals(uid)) {
            throw StatusException.conflict(
                    new GroupResource(kind.group(), kind.kind()),
                    name,
                    "the UID in the bound object reference (" + wanted + ") does not match the UID in record. "
                            + "The object might have been deleted and then recreated");
        }
        return new Reference(name, uid);
    }

    private @Nullable Reference nodeOf(JsonNode pod) {
        String name = pod.path("spec").path("nodeName").asString("");
        if (name.isEmpty()) {
            return null;
        }
        ObjectSource.Item node = objects.get(BoundObjects.NODES, "", name);
        return new Reference(name, node == null ? "" : uid(node.tree()));
    }

    private JsonNode find(GroupResource resource, String namespace, String name) {
        ObjectSource.Item item = objects.get(resource, namespace, name);
        if (item == null) {
            throw StatusException.notFound(resource, name);
        }
        return item.tree();
    }

    private static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asString("");
    }
}
