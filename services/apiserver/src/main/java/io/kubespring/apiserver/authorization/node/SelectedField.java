package io.kubespring.apiserver.authorization.node;

/** Reads a raw field selector just as far as a node's own restrictions need it. */
final class SelectedField {

    private SelectedField() {}

    /** Whether one of the selector's terms requires {@code field} to equal {@code value}. */
    static boolean is(String selector, String field, String value) {
        for (String term : selector.split(",")) {
            if (term.equals(field + "=" + value) || term.equals(field + "==" + value)) {
                return true;
            }
        }
        return false;
    }
}
