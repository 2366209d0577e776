package io.kubespring.apiserver.openapi;

/** What an operation does, in the words of {@code x-kubernetes-action}, its HTTP method and its name for generated clients. */
enum Action {
    GET("get", "get", "read"),
    LIST("list", "get", "list"),
    CREATE("post", "post", "create"),
    UPDATE("put", "put", "replace"),
    PATCH("patch", "patch", "patch"),
    DELETE("delete", "delete", "delete"),
    DELETE_COLLECTION("deletecollection", "delete", "deletecollection"),
    WATCH_LIST("watchlist", "get", "watch"),
    WATCH("watch", "get", "watch"),
    CONNECT("connect", "", "connect");

    private final String text;
    private final String method;
    private final String operation;

    Action(String text, String method, String operation) {
        this.text = text;
        this.method = method;
        this.operation = operation;
    }

    String text() {
        return text;
    }

    String method() {
        return method;
    }

    String operation() {
        return operation;
    }

    /** The action behind a verb of discovery. */
    static Action ofVerb(String verb) {
        return switch (verb) {
            case "get" -> GET;
            case "list" -> LIST;
            case "create" -> CREATE;
            case "update" -> UPDATE;
            case "patch" -> PATCH;
            case "delete" -> DELETE;
            case "deletecollection" -> DELETE_COLLECTION;
            default -> throw new IllegalArgumentException("no operation for the verb " + verb);
        };
    }
}
