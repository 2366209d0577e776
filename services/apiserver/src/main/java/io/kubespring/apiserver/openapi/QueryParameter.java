package io.kubespring.apiserver.openapi;

import java.util.List;

/** Query parameters of requests, and which action takes which. Clients look here for what a server can do. */
enum QueryParameter {
    ALLOW_WATCH_BOOKMARKS("allowWatchBookmarks", "boolean", Options.LIST),
    CONTINUE("continue", "string", Options.LIST),
    DRY_RUN("dryRun", "string", Options.PATCH),
    FIELD_MANAGER("fieldManager", "string", Options.CREATE),
    FIELD_MANAGER_OF_APPLY("fieldManager", "string", Options.PATCH),
    FIELD_SELECTOR("fieldSelector", "string", Options.LIST),
    FIELD_VALIDATION("fieldValidation", "string", Options.PATCH),
    FORCE("force", "boolean", Options.PATCH),
    GRACE_PERIOD_SECONDS("gracePeriodSeconds", "integer", Options.DELETE),
    IGNORE_STORE_READ_ERROR("ignoreStoreReadErrorWithClusterBreakingPotential", "boolean", Options.DELETE),
    LABEL_SELECTOR("labelSelector", "string", Options.LIST),
    LIMIT("limit", "integer", Options.LIST),
    ORPHAN_DEPENDENTS("orphanDependents", "boolean", Options.DELETE),
    PROPAGATION_POLICY("propagationPolicy", "string", Options.DELETE),
    RESOURCE_VERSION("resourceVersion", "string", Options.LIST),
    RESOURCE_VERSION_MATCH("resourceVersionMatch", "string", Options.LIST),
    SEND_INITIAL_EVENTS("sendInitialEvents", "boolean", Options.LIST),
    SHARD_SELECTOR("shardSelector", "string", Options.LIST),
    TIMEOUT_SECONDS("timeoutSeconds", "integer", Options.LIST),
    WATCH("watch", "boolean", Options.LIST);

    /** The definitions whose fields these parameters are. */
    private static final class Options {
        static final String LIST = "io.k8s.apimachinery.pkg.apis.meta.v1.ListOptions";
        static final String CREATE = "io.k8s.apimachinery.pkg.apis.meta.v1.CreateOptions";
        static final String PATCH = "io.k8s.apimachinery.pkg.apis.meta.v1.PatchOptions";
        static final String DELETE = "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions";
    }

    private static final List<QueryParameter> LISTING = List.of(
            ALLOW_WATCH_BOOKMARKS,
            CONTINUE,
            FIELD_SELECTOR,
            LABEL_SELECTOR,
            LIMIT,
            RESOURCE_VERSION,
            RESOURCE_VERSION_MATCH,
            SEND_INITIAL_EVENTS,
            SHARD_SELECTOR,
            TIMEOUT_SECONDS,
            WATCH);
    private static final List<QueryParameter> WRITING = List.of(DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION);
    private static final List<QueryParameter> PATCHING =
            List.of(DRY_RUN, FIELD_MANAGER_OF_APPLY, FIELD_VALIDATION, FORCE);
    private static final List<QueryParameter> DELETING =
            List.of(DRY_RUN, GRACE_PERIOD_SECONDS, IGNORE_STORE_READ_ERROR, ORPHAN_DEPENDENTS, PROPAGATION_POLICY);
    private static final List<QueryParameter> DELETING_MANY = List.of(
            CONTINUE,
            DRY_RUN,
            FIELD_SELECTOR,
            GRACE_PERIOD_SECONDS,
            IGNORE_STORE_READ_ERROR,
            LABEL_SELECTOR,
            LIMIT,
            ORPHAN_DEPENDENTS,
            PROPAGATION_POLICY,
            RESOURCE_VERSION,
            RESOURCE_VERSION_MATCH,
            SEND_INITIAL_EVENTS,
            SHARD_SELECTOR,
            TIMEOUT_SECONDS);

    private final String text;
    private final String type;
    private final String options;

    QueryParameter(String text, String type, String options) {
        this.text = text;
        this.type = type;
        this.options = options;
    }

    Parameter describedBy(Descriptions descriptions) {
        return Parameter.query(text, type, descriptions.of(options).field(text).description());
    }

    static List<QueryParameter> of(Action action) {
        return switch (action) {
            case GET, CONNECT -> List.of();
            case LIST, WATCH_LIST, WATCH -> LISTING;
            case CREATE, UPDATE -> WRITING;
            case PATCH -> PATCHING;
            case DELETE -> DELETING;
            case DELETE_COLLECTION -> DELETING_MANY;
        };
    }
}
