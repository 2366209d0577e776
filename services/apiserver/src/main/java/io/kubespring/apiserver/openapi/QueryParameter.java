package io.kubespring.apiserver.openapi;

import java.util.List;

/** Query parameters of requests, and which action takes which. Clients look here for what a server can do. */
enum QueryParameter {
    ALLOW_WATCH_BOOKMARKS("allowWatchBookmarks", "boolean"),
    CONTINUE("continue", "string"),
    DRY_RUN("dryRun", "string"),
    FIELD_MANAGER("fieldManager", "string"),
    FIELD_SELECTOR("fieldSelector", "string"),
    FIELD_VALIDATION("fieldValidation", "string"),
    FORCE("force", "boolean"),
    GRACE_PERIOD_SECONDS("gracePeriodSeconds", "integer"),
    LABEL_SELECTOR("labelSelector", "string"),
    LIMIT("limit", "integer"),
    ORPHAN_DEPENDENTS("orphanDependents", "boolean"),
    PROPAGATION_POLICY("propagationPolicy", "string"),
    RESOURCE_VERSION("resourceVersion", "string"),
    RESOURCE_VERSION_MATCH("resourceVersionMatch", "string"),
    SEND_INITIAL_EVENTS("sendInitialEvents", "boolean"),
    TIMEOUT_SECONDS("timeoutSeconds", "integer"),
    WATCH("watch", "boolean");

    private static final List<QueryParameter> LISTING = List.of(
            ALLOW_WATCH_BOOKMARKS,
            CONTINUE,
            FIELD_SELECTOR,
            LABEL_SELECTOR,
            LIMIT,
            RESOURCE_VERSION,
            RESOURCE_VERSION_MATCH,
            SEND_INITIAL_EVENTS,
            TIMEOUT_SECONDS,
            WATCH);
    private static final List<QueryParameter> WRITING = List.of(DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION);
    private static final List<QueryParameter> PATCHING = List.of(DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION, FORCE);
    private static final List<QueryParameter> DELETING =
            List.of(DRY_RUN, GRACE_PERIOD_SECONDS, ORPHAN_DEPENDENTS, PROPAGATION_POLICY);
    private static final List<QueryParameter> DELETING_MANY = List.of(
            CONTINUE,
            DRY_RUN,
            FIELD_SELECTOR,
            GRACE_PERIOD_SECONDS,
            LABEL_SELECTOR,
            LIMIT,
            ORPHAN_DEPENDENTS,
            PROPAGATION_POLICY,
            RESOURCE_VERSION,
            RESOURCE_VERSION_MATCH,
            SEND_INITIAL_EVENTS,
            TIMEOUT_SECONDS);

    private final String text;
    private final String type;

    QueryParameter(String text, String type) {
        this.text = text;
        this.type = type;
    }

    String text() {
        return text;
    }

    String type() {
        return type;
    }

    static List<QueryParameter> of(Action action) {
        return switch (action) {
            case GET, CONNECT -> List.of();
            case LIST -> LISTING;
            case CREATE, UPDATE -> WRITING;
            case PATCH -> PATCHING;
            case DELETE -> DELETING;
            case DELETE_COLLECTION -> DELETING_MANY;
        };
    }
}
