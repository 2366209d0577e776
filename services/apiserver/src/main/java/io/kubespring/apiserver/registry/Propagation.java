package io.kubespring.apiserver.registry;

/** What happens to dependents when an owner is deleted ({@code DeleteOptions.propagationPolicy}). */
public enum Propagation {
    ORPHAN("Orphan"),
    BACKGROUND("Background"),
    FOREGROUND("Foreground");

    private final String text;

    Propagation(String text) {
        this.text = text;
    }

    /** As it stands in DeleteOptions. */
    public String text() {
        return text;
    }
}
