package io.kubespring.apiserver.openapi;

/** What an operation does, in a few words. */
final class Doings {

    private static final String INSTEAD = " deprecated: use the 'watch' parameter with a list operation instead";

    private Doings() {}

    /** @param watched whether lists of the kind can be watched */
    static String of(Action action, String kind, boolean watched) {
        return switch (action) {
            case GET -> "read the specified " + kind;
            case LIST -> (watched ? "list or watch" : "list") + " objects of kind " + kind;
            case CREATE -> "create " + article(kind) + kind;
            case UPDATE -> "replace the specified " + kind;
            case PATCH -> "partially update the specified " + kind;
            case DELETE -> "delete " + article(kind) + kind;
            case DELETE_COLLECTION -> "delete collection of " + kind;
            case WATCH_LIST -> "watch individual changes to a list of " + kind + "." + INSTEAD + ".";
            case WATCH ->
                "watch changes to an object of kind " + kind + "." + INSTEAD
                        + ", filtered to a single item with the 'fieldSelector' parameter.";
            case CONNECT -> throw new IllegalArgumentException("connections are to subresources");
        };
    }

    static String of(Action action, String subresource, String kind, String method) {
        return switch (action) {
            case GET -> "read " + subresource + " of the specified " + kind;
            case CREATE -> "create " + subresource + " of " + article(kind) + kind;
            case UPDATE -> "replace " + subresource + " of the specified " + kind;
            case PATCH -> "partially update " + subresource + " of the specified " + kind;
            case CONNECT -> "connect " + method + " requests to " + subresource + " of " + kind;
            case LIST, DELETE, DELETE_COLLECTION, WATCH_LIST, WATCH ->
                throw new IllegalArgumentException("no subresource has " + action);
        };
    }

    private static String article(String kind) {
        if (kind.equals("Endpoints")) {
            return "";
        }
        return "AEIOU".indexOf(kind.charAt(0)) >= 0 ? "an " : "a ";
    }
}
