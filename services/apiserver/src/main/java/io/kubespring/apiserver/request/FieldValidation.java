package io.kubespring.apiserver.request;

/** What happens to unknown and duplicate fields ({@code ?fieldValidation=}). */
public enum FieldValidation {
    IGNORE,
    WARN,
    STRICT
}
