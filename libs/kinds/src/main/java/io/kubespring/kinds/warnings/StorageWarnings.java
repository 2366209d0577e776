package io.kubespring.kinds.warnings;

import io.kubespring.api.quantity.Quantity;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Quantities;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Volumes, claims and storage classes that say things in old ways. */
public final class StorageWarnings {

    private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";
    private static final String OLD_OPTIONS = "volume.beta.kubernetes.io/mount-options";

    private StorageWarnings() {}

    public static List<String> volume(Field volume) {
        List<String> warnings = new ArrayList<>(0);
        oldClass(volume, warnings);
        Field options = volume.at("metadata", "annotations").key(OLD_OPTIONS);
        if (options.present()) {
            warnings.add(options.path() + ": deprecated since v1.31; use \"mountOptions\" attribute instead");
        }
        Field spec = volume.at("spec");
        if (spec.at("persistentVolumeReclaimPolicy").isText("Recycle")) {
            warnings.add(spec.at("persistentVolumeReclaimPolicy").path()
                    + ": The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic"
                    + " provisioning.");
        }
        Field terms = spec.at("nodeAffinity", "required").at("nodeSelectorTerms");
        terms.items().forEach(each -> PlacementWarnings.term(each, warnings));
        VolumeWarnings.gone(spec, warnings);
        return warnings;
    }

    public static List<String> claim(Field claim) {
        List<String> warnings = new ArrayList<>(0);
        oldClass(claim, warnings);
        for (String each : List.of("requests", "limits")) {
            Field storage = claim.at("spec", "resources").at(each).key("storage");
            @Nullable Quantity amount = Quantities.read(storage);
            if (amount != null && !Quantities.isWhole(amount)) {
                warnings.add(
                        storage.path() + ": fractional byte value \"" + amount + "\" is invalid, must be an integer");
            }
        }
        return warnings;
    }

    private static void oldClass(Field object, List<String> warnings) {
        Field annotation = object.at("metadata", "annotations").key(OLD_CLASS);
        if (annotation.present()) {
            warnings.add(annotation.path() + ": deprecated since v1.8; use \"storageClassName\" attribute instead");
        }
    }

    /** Tokens in a volume's attributes may end up in a driver's log. */
    public static List<String> driver(Field driver, @Nullable Field current) {
        Field tokens = driver.at("spec", "tokenRequests");
        boolean news = current == null || !tokens.sameAs(current.at("spec", "tokenRequests"));
        return news
                        && !tokens.empty()
                        && driver.at("spec", "serviceAccountTokenInSecrets").absent()
                ? List.of("spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to"
                        + " prevent possible logging of tokens in volume attributes")
                : List.of();
    }

    public static List<String> storageClass(Field storageClass) {
        List<String> warnings = new ArrayList<>(0);
        for (Field term : storageClass.at("allowedTopologies").items()) {
            for (Field expression : term.at("matchLabelExpressions").items()) {
                String replaced =
                        PlacementWarnings.replaced(expression.at("key").text());
                if (replaced != null) {
                    warnings.add(expression.at("key").path() + ": "
                            + expression.at("key").text() + " is " + replaced);
                }
            }
        }
        return warnings;
    }

    public static List<String> capacity(Field capacity) {
        List<String> warnings = new ArrayList<>(0);
        PlacementWarnings.term(capacity.at("nodeTopology"), warnings);
        for (Field label : capacity.at("nodeTopology", "matchLabels").entries()) {
            String replaced = PlacementWarnings.replaced(label.name());
            if (replaced != null) {
                // Upstream writes the label as a field.
                warnings.add(capacity.at("nodeTopology", "matchLabels")
                                .at(label.name())
                                .path() + ": " + replaced);
            }
        }
        return warnings;
    }
}
