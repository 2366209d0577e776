package io.kubespring.gateway.shell;

/** The order of the global filters: whoever is before sees more, and what the others answer. */
final class FilterOrder {

    static final int ACCESS_LOG = -400;
    static final int STATUS = -300;
    static final int CALLER = -200;
    static final int RATE_LIMIT = -100;

    private FilterOrder() {}
}
