package io.kubespring.kinds.warnings;

import io.kubespring.kinds.tree.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What upstream warns of in nodes and service accounts. */
public final class CoreWarnings {

    private static final String MOUNTABLE = "kubernetes.io/enforce-mountable-secrets";

    private CoreWarnings() {}

    public static List<String> node(Field node) {
        List<String> warnings = new ArrayList<>(0);
        Field spec = node.at("spec");
        if (spec.at("configSource").present()) {
            warnings.add("spec.configSource: the feature is removed");
        }
        if (!spec.at("externalID").empty()) {
            warnings.add("spec.externalID: this field is deprecated, and is unused by Kubernetes");
        }
        spec.at("podCIDRs").items().forEach(each -> AddressWarnings.cidr(each, warnings));
        return warnings;
    }

    /** Only whoever sets the annotation is told. */
    public static List<String> serviceAccount(Field account, @Nullable Field current) {
        Field annotation = account.at("metadata", "annotations").key(MOUNTABLE);
        boolean there = current != null
                && current.at("metadata", "annotations").key(MOUNTABLE).present();
        return annotation.present() && !there
                ? List.of(annotation.path() + ": deprecated in v1.32+; prefer separate namespaces to isolate access to"
                        + " mounted secrets")
                : List.of();
    }
}
