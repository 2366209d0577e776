package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;

/** Pods: created whole, then hardly changed, each subresource for its own part. */
public final class PodValidation implements KindValidation {

    @Override
    public void create(Field pod, Errors errors) {
        whole(pod, errors);
        Field spec = pod.at("spec");
        if (!spec.at("ephemeralContainers").empty()) {
            errors.forbidden(spec.at("ephemeralContainers"), "cannot be set on create");
        }
        if (!spec.at("nodeName").empty() && !spec.at("schedulingGates").empty()) {
            errors.forbidden(spec.at("nodeName"), "cannot be set until all schedulingGates have been cleared");
        }
        PodAnnotations.match(pod, errors);
    }

    /** What holds for every Pod, new or not. */
    private static void whole(Field pod, Errors errors) {
        Field spec = pod.at("spec");
        PodAnnotations.check(pod.at("metadata", "annotations"), spec, errors);
        PodSpecValidation.check(spec, new Owner(true, pod.at("metadata", "name").text()), errors);
        if (spec.at("serviceAccountName").empty()) {
            for (Field volume : spec.at("volumes").items()) {
                for (Field source : volume.at("projected", "sources").items()) {
                    if (source.at("serviceAccountToken").present()) {
                        errors.forbidden(
                                source.at("serviceAccountToken"),
                                "must not be specified when serviceAccountName is not set");
                    }
                }
            }
        }
        ImageRules.pod(spec, errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        PodAnnotations.update(next.at("metadata", "annotations"), current.at("metadata", "annotations"), errors);
        if (next.at("spec").value().equals(current.at("spec").value())) {
            // Labels and annotations are what most updates change.
            PodAnnotations.check(next.at("metadata", "annotations"), next.at("spec"), errors);
            return;
        }
        whole(next, errors);
        new PodUpdateRule(next.at("spec"), current.at("spec"), errors).check();
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        switch (subresource) {
            case "ephemeralcontainers" -> {
                if (isMirror(current)) {
                    errors.forbidden(next, "static pods do not support ephemeral containers");
                    return;
                }
                whole(next, errors);
                EphemeralRule.check(next, current, errors);
            }
            case "resize" -> {
                if (isMirror(current)) {
                    errors.forbidden(next, "static pods cannot be resized");
                    return;
                }
                if (current.at("spec", "os").at("name").isText("windows")) {
                    errors.forbidden(next, "windows pods cannot be resized");
                    return;
                }
                whole(next, errors);
                new ResizeRule(next, current, errors).check();
            }
            case "status" -> PodStatusRule.check(next, current, errors);
            default -> {}
        }
    }

    /** A Pod of the node's own, of which the API only has a copy. */
    private static boolean isMirror(Field pod) {
        return pod.at("metadata", "annotations").key(PodAnnotations.MIRROR).present();
    }
}
