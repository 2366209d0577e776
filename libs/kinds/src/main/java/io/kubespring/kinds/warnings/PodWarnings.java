package io.kubespring.kinds.warnings;

import io.kubespring.api.names.Names;
import io.kubespring.api.quantity.Quantity;
import io.kubespring.kinds.pod.PodContainers;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Quantities;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What upstream warns of in a new Pod, and in the template of a workload. */
public final class PodWarnings {

    private static final Map<String, String> ANNOTATIONS = Map.of(
            "scheduler.alpha.kubernetes.io/critical-pod",
            "non-functional in v1.16+; use the \"priorityClassName\" field instead",
            "security.alpha.kubernetes.io/sysctls",
            "non-functional in v1.11+; use the \"sysctls\" field instead",
            "security.alpha.kubernetes.io/unsafe-sysctls",
            "non-functional in v1.11+; use the \"sysctls\" field instead");
    private static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

    private final Field spec;
    private final Field annotations;
    private final boolean template;
    private final List<String> warnings = new ArrayList<>(0);

    private PodWarnings(Field holder, boolean template) {
        this.spec = holder.at("spec");
        this.annotations = holder.at("metadata", "annotations");
        this.template = template;
    }

    public static List<String> ofNew(Field pod) {
        var warnings = new PodWarnings(pod, false);
        List<String> name = Names.dnsLabel(pod.at("metadata", "name").text());
        if (!name.isEmpty()) {
            warnings.warnings.add("metadata.name: this is used in the Pod's hostname, which can result in surprising"
                    + " behavior; a DNS label is recommended: [" + String.join(" ", name) + "]");
        }
        return warnings.all();
    }

    /** @param template with its path in the workload */
    public static List<String> ofTemplate(Field template) {
        return template.absent() ? List.of() : new PodWarnings(template, true).all();
    }

    private List<String> all() {
        PlacementWarnings.add(spec, warnings);
        annotations();
        VolumeWarnings.add(spec, warnings);
        duplicates(spec.at("hostAliases"), "ip");
        duplicates(spec.at("imagePullSecrets"), "name");
        for (Field secret : spec.at("imagePullSecrets").items()) {
            if (secret.at("name").empty()) {
                add(secret.at("name"), "invalid empty name \"\"");
            }
        }
        fractions(spec.at("overhead"));
        if (spec.at("securityContext", "seccompProfile").absent()) {
            replaced(SECCOMP_POD);
        }
        for (Field container : PodContainers.all(spec)) {
            container(container);
        }
        PortWarnings.add(spec, warnings);
        if (spec.at("terminationGracePeriodSeconds").number() < 0) {
            add(
                    spec.at("terminationGracePeriodSeconds"),
                    "must be >= 0; negative values are invalid and will be treated as 1");
        }
        return warnings;
    }

    private void add(Field field, String text) {
        warnings.add(field.path() + ": " + text);
    }

    private void annotations() {
        for (Field annotation : annotations.entries()) {
            String text = ANNOTATIONS.get(annotation.name());
            if (text != null) {
                add(annotation, text);
            }
        }
    }

    private void replaced(String annotation) {
        if (annotations.key(annotation).present()) {
            add(annotations.key(annotation), "non-functional in v1.27+; use the \"seccompProfile\" field instead");
        }
    }

    private void duplicates(Field list, String key) {
        Set<String> seen = new HashSet<>();
        for (Field item : list.items()) {
            if (!seen.add(item.at(key).text())) {
                add(item.at(key), "duplicate " + key + " \"" + item.at(key).text() + "\"");
            }
        }
    }

    /** Memory and disks have no half bytes. */
    private void fractions(Field amounts) {
        for (String each : List.of("memory", "ephemeral-storage")) {
            Quantity amount = Quantities.read(amounts.key(each));
            if (amount != null && !amount.isZero() && amount.milliValue() % 1000 != 0) {
                add(amounts.key(each), "fractional byte value \"" + amount + "\" is invalid, must be an integer");
            }
        }
    }

    private void container(Field container) {
        String name = container.at("name").text();
        Field security = container.at("securityContext");
        if (security.at("seccompProfile").absent()) {
            replaced(SECCOMP_CONTAINER + name);
        }
        boolean profiled = security.at("appArmorProfile").present()
                || spec.at("securityContext", "appArmorProfile").present();
        Field annotation = annotations.key(APP_ARMOR + name);
        if (template && !profiled && annotation.present()) {
            add(annotation, "deprecated since v1.30; use the \"appArmorProfile\" field instead");
        }
        fractions(container.at("resources", "limits"));
        fractions(container.at("resources", "requests"));
        hiddenVariables(container.at("env"));
    }

    /** A later variable hides an earlier one of that name, unless it builds on it. */
    private void hiddenVariables(Field env) {
        Set<String> seen = new HashSet<>();
        for (Field variable : env.items()) {
            String name = variable.at("name").text();
            String reference = "$(" + name + ")";
            String value = variable.at("value").text();
            if (!seen.add(name)
                    && (variable.at("valueFrom").present() || value.equals(reference) || !value.contains(reference))) {
                add(variable, "hides previous definition of \"" + name + "\", which may be dropped when using apply");
            }
        }
    }
}
