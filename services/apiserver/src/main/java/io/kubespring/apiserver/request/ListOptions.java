package io.kubespring.apiserver.request;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.selector.FieldSelector;
import io.kubespring.api.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The options of list, watch and deletecollection, validated by upstream's rules.
 *
 * @param labelSelector null if none was given
 * @param fieldSelector null if none was given
 * @param resourceVersion as sent; empty for "most recent"
 * @param limit 0 for none
 * @param continueToken empty for none
 * @param timeoutSeconds null if none was given
 */
public record ListOptions(
        @Nullable LabelSelector labelSelector,
        @Nullable FieldSelector fieldSelector,
        boolean watch,
        boolean allowWatchBookmarks,
        String resourceVersion,
        String resourceVersionMatch,
        long limit,
        String continueToken,
        @Nullable Long timeoutSeconds,
        @Nullable Boolean sendInitialEvents) {

    public static final String EXACT = "Exact";
    public static final String NOT_OLDER_THAN = "NotOlderThan";

    private static final ListOptions NONE = new ListOptions(null, null, false, false, "", "", 0, "", null, null);
    private static final GroupVersionKind KIND = new GroupVersionKind("meta.k8s.io", "v1", "ListOptions");

    /** @throws StatusException 400 for what cannot be read, 422 for what does not go together */
    public static ListOptions parse(QueryParameters query, boolean watch) {
        if (query.isEmpty()) {
            return NONE;
        }
        String labels = query.firstOr("labelSelector", "");
        String fields = query.firstOr("fieldSelector", "");
        Long limit = query.number("limit");
        var options = new ListOptions(
                labels.isEmpty() ? null : parsed(LabelSelector::parse, labels),
                fields.isEmpty() ? null : parsed(FieldSelector::parse, fields),
                watch,
                query.flag("allowWatchBookmarks"),
                query.firstOr("resourceVersion", ""),
                query.firstOr("resourceVersionMatch", ""),
                limit == null ? 0 : limit,
                query.firstOr("continue", ""),
                query.number("timeoutSeconds"),
                query.optionalFlag("sendInitialEvents"));
        List<FieldError> errors = watch ? options.watchErrors() : options.listErrors();
        if (!errors.isEmpty()) {
            throw StatusException.invalid(KIND, "", errors);
        }
        return options;
    }

    private static <T> T parsed(Function<String, T> parser, String text) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException malformed) {
            throw StatusException.badRequest(String.valueOf(malformed.getMessage()));
        }
    }

    /**
     * {@link #resourceVersion} as a number; 0 for empty or "0".
     *
     * @throws StatusException 400
     */
    public long revision() {
        try {
            return ResourceVersions.parse(resourceVersion);
        } catch (ResourceVersions.Malformed malformed) {
            throw StatusException.badRequest("invalid resource version: " + malformed.getMessage());
        }
    }

    /**
     * The same for a watch, where upstream does not say whose mistake it is.
     *
     * @throws StatusException 500
     */
    public long watchRevision() {
        try {
            return ResourceVersions.parse(resourceVersion);
        } catch (ResourceVersions.Malformed malformed) {
            throw new StatusException(StatusReason.UNKNOWN, String.valueOf(malformed.getMessage()));
        }
    }

    /** Whether the state comes first: asked for, or implied by a watch from no version or from any. */
    public boolean startsWithState() {
        return sendInitialEvents == null ? resourceVersion.isEmpty() || resourceVersion.equals("0") : sendInitialEvents;
    }

    private List<FieldError> listErrors() {
        List<FieldError> errors = new ArrayList<>();
        if (!resourceVersionMatch.isEmpty()) {
            if (resourceVersion.isEmpty()) {
                errors.add(FieldError.forbidden(
                        "resourceVersionMatch",
                        "resourceVersionMatch is forbidden unless resourceVersion is provided"));
            }
            if (!continueToken.isEmpty()) {
                errors.add(FieldError.forbidden(
                        "resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided"));
            }
            if (!resourceVersionMatch.equals(EXACT) && !resourceVersionMatch.equals(NOT_OLDER_THAN)) {
                errors.add(FieldError.notSupportedOf(
                        "resourceVersionMatch", resourceVersionMatch, EXACT, NOT_OLDER_THAN, ""));
            }
            if (resourceVersionMatch.equals(EXACT) && resourceVersion.equals("0")) {
                errors.add(FieldError.forbidden(
                        "resourceVersionMatch",
                        "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
            }
        }
        if (sendInitialEvents != null) {
            errors.add(FieldError.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
        }
        return errors;
    }

    private List<FieldError> watchErrors() {
        List<FieldError> errors = new ArrayList<>();
        boolean notOlder = resourceVersionMatch.equals(NOT_OLDER_THAN);
        if (sendInitialEvents != null && !notOlder) {
            errors.add(FieldError.forbidden(
                    "resourceVersionMatch",
                    "sendInitialEvents requires setting resourceVersionMatch to " + NOT_OLDER_THAN));
        }
        if (resourceVersionMatch.isEmpty()) {
            return errors;
        }
        if (sendInitialEvents == null) {
            errors.add(FieldError.forbidden(
                    "resourceVersionMatch",
                    "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
        }
        if (!notOlder) {
            errors.add(FieldError.notSupported("resourceVersionMatch", resourceVersionMatch, List.of(NOT_OLDER_THAN)));
        }
        if (!continueToken.isEmpty()) {
            errors.add(FieldError.forbidden(
                    "resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided"));
        }
        return errors;
    }
}
