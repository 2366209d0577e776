package io.kubespring.apiserver.features;

/** The features of {@code --feature-gates}, with upstream's defaults. */
public enum FeatureGate {
    /** Serving CBOR (KEP-4222), alpha. What is stored is JSON either way. */
    CBOR_SERVING_AND_STORAGE("CBORServingAndStorage", false);

    private final String text;
    private final boolean enabledByDefault;

    FeatureGate(String text, boolean enabledByDefault) {
        this.text = text;
        this.enabledByDefault = enabledByDefault;
    }

    public String text() {
        return text;
    }

    public boolean enabledByDefault() {
        return enabledByDefault;
    }
}
