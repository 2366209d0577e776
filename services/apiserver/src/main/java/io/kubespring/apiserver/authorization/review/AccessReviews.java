package io.kubespring.apiserver.authorization.review;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.Attributes;
import io.kubespring.apiserver.authorization.Authorizer;
import io.kubespring.apiserver.authorization.Decision;
import io.kubespring.apiserver.authorization.rbac.RbacRules;
import io.kubespring.kinds.rbac.PolicyRule;
import io.kubespring.kinds.validation.access.AccessReviewValidation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers SubjectAccessReview, SelfSubjectAccessReview, LocalSubjectAccessReview and SelfSubjectRulesReview. Each method
 * returns a copy of the review with its status filled; nothing is stored.
 */
public final class AccessReviews {

    private static final String GROUP = "authorization.k8s.io";

    private final Authorizer authorizer;
    private final RbacRules rules;

    public AccessReviews(Authorizer authorizer, RbacRules rules) {
        this.authorizer = authorizer;
        this.rules = rules;
    }

    /** May the named user or groups do it? */
    public ObjectNode subjectAccessReview(ObjectNode review) {
        refuse(AccessReviewValidation.subject(review));
        return decided(review, subject(review));
    }

    /** The same, for one namespace only. */
    public ObjectNode localSubjectAccessReview(ObjectNode review, String namespace) {
        refuse(AccessReviewValidation.local(review, namespace));
        return decided(review, subject(review));
    }

    /** May I? */
    public ObjectNode selfSubjectAccessReview(ObjectNode review, UserInfo user) {
        refuse(AccessReviewValidation.self(review));
        return decided(review, user);
    }

    private ObjectNode decided(ObjectNode review, UserInfo user) {
        Decision decision = authorizer.authorize(attributes(review, user));
        ObjectNode answer = review.deepCopy();
        ObjectNode status = answer.putObject("status").put("allowed", decision.allowed());
        if (decision.verdict() == Decision.Verdict.DENY) {
            status.put("denied", true);
        }
        if (!decision.reason().isEmpty()) {
            status.put("reason", decision.reason());
        }
        return answer;
    }

    private static Attributes attributes(ObjectNode review, UserInfo user) {
        JsonNode resource = review.path("spec").path("resourceAttributes");
        JsonNode path = review.path("spec").path("nonResourceAttributes");
        if (path.isObject()) {
            return Attributes.path(user, text(path, "verb"), text(path, "path"));
        }
        return new Attributes(
                user,
                text(resource, "verb"),
                text(resource, "group"),
                text(resource, "version"),
                text(resource, "resource"),
                text(resource, "subresource"),
                text(resource, "namespace"),
                text(resource, "name"),
                "",
                true,
                resource.path("fieldSelector").path("rawSelector").asString(""));
    }

    private static UserInfo subject(ObjectNode review) {
        JsonNode spec = review.path("spec");
        var groups = new ArrayList<String>();
        spec.path("groups").forEach(each -> groups.add(each.asString("")));
        Map<String, List<String>> extra = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : spec.path("extra").properties()) {
            var values = new ArrayList<String>();
            entry.getValue().forEach(each -> values.add(each.asString("")));
            extra.put(entry.getKey().toLowerCase(Locale.ROOT), values);
        }
        return new UserInfo(text(spec, "user"), text(spec, "uid"), groups, extra);
    }

    /** All that I may do in a namespace, as far as RBAC says; other authorizers make it incomplete. */
    public ObjectNode selfSubjectRulesReview(ObjectNode review, UserInfo user) {
        String namespace = text(review.path("spec"), "namespace");
        if (namespace.isEmpty()) {
            throw StatusException.badRequest("no namespace on request");
        }
        // The question is not repeated.
        ObjectNode answer =
                Json.object().put("kind", text(review, "kind")).put("apiVersion", text(review, "apiVersion"));
        answer.putObject("metadata");
        answer.putObject("spec");
        ObjectNode status = answer.putObject("status");
        ArrayNode resourceRules = status.putArray("resourceRules");
        ArrayNode pathRules = status.putArray("nonResourceRules");
        for (PolicyRule rule : rules.rulesFor(user, namespace)) {
            if (!rule.resources().isEmpty()) {
                ObjectNode tree = rule.toTree();
                tree.remove("nonResourceURLs");
                resourceRules.add(tree);
            }
            if (!rule.nonResourceUrls().isEmpty()) {
                ObjectNode tree = resourcesRemoved(rule.toTree());
                pathRules.add(tree);
            }
        }
        boolean node = user.inGroup("system:nodes");
        status.put("incomplete", node);
        if (node) {
            status.put("evaluationError", "node authorizer does not support user rule resolution");
        }
        return answer;
    }

    private static ObjectNode resourcesRemoved(ObjectNode rule) {
        rule.remove(List.of("apiGroups", "resources", "resourceNames"));
        return rule;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    /** Upstream names only the group. */
    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw StatusException.invalid(new GroupVersionKind(GROUP, "v1", ""), "", errors);
        }
    }
}
