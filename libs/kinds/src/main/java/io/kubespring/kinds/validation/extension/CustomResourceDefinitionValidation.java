package io.kubespring.kinds.validation.extension;

import io.kubespring.api.json.Json;
import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.tree.Semantics;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * CustomResourceDefinitions. What all versions have in common (always, if there is one version) upstream keeps and reports
 * once for all of them: its errors are of {@code spec.validation}, {@code spec.subresources},
 * {@code spec.additionalPrinterColumns} and {@code spec.selectableFields}. Expressions are not compiled and defaults are
 * not tried here.
 */
public final class CustomResourceDefinitionValidation implements KindValidation {

    private static final String APPROVAL = "api-approved.kubernetes.io";
    private static final String NO_APPROVAL = "protected groups must have approval annotation \"" + APPROVAL + "\"";
    private static final String APPROVAL_RULES = ", see https://github.com/kubernetes/enhancements/pull/1111";

    @Override
    public void create(Field definition, Errors errors) {
        Field spec = definition.at("spec");
        String name = spec.at("names", "plural").text() + "." + spec.at("group").text();
        Field given = definition.at("metadata", "name");
        if (!given.empty() && !given.isText(name)) {
            errors.invalid(definition.at("metadata", "name"), "must be spec.names.plural+\".\"+spec.group");
        }
        check(definition, null, errors);
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        check(next, current, errors);
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        DefinedNames.check(next.at("status", "acceptedNames"), errors);
    }

    private static void check(Field definition, @Nullable Field current, Errors errors) {
        Field spec = definition.at("spec");
        spec(spec, errors);
        if (current != null) {
            immutable(spec, current, errors);
        }
        DefinedNames.check(definition.at("status", "acceptedNames"), errors);
        storedVersions(definition.at("status", "storedVersions"), spec, errors);
        approval(definition, current, errors);
        Field preserve = spec.at("preserveUnknownFields");
        if (preserve.flag()
                && (current == null
                        || !current.at("spec", "preserveUnknownFields").flag())) {
            errors.invalid(
                    preserve,
                    "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema"
                            + " instead");
        }
    }

    private static void immutable(Field spec, Field current, Errors errors) {
        Field old = current.at("spec");
        boolean established = current.at("status", "conditions").items().stream()
                .anyMatch(each -> each.at("type").isText("Established")
                        && each.at("status").isText("True"));
        if (established) {
            errors.immutable(spec.at("scope"), old.at("scope"));
            errors.immutable(spec.at("names", "kind"), old.at("names", "kind"));
        }
        errors.immutable(spec.at("group"), old.at("group"));
        errors.immutable(spec.at("names", "plural"), old.at("names", "plural"));
    }

    private static void spec(Field spec, Errors errors) {
        Field group = spec.at("group");
        if (group.empty()) {
            errors.required(group, "");
        } else if (!Names.dnsSubdomain(group.text()).isEmpty()) {
            DefinedNames.joined(group, Names.dnsSubdomain(group.text()), "", errors);
        } else if (!group.text().contains(".")) {
            errors.invalid(group, "should be a domain with at least one dot");
        }
        if (spec.at("scope").empty()) {
            errors.required(spec.at("scope"), "");
        } else if (!spec.at("scope").isText("Cluster") && !spec.at("scope").isText("Namespaced")) {
            errors.notSupportedOf(spec.at("scope"), "Cluster", "Namespaced");
        }
        List<Field> versions = spec.at("versions").items();
        for (Field version : versions) {
            if (version.at("schema", "openAPIV3Schema").absent()) {
                errors.required(version.at("schema", "openAPIV3Schema"), "");
            }
        }
        boolean oneSchema = same(versions, "schema");
        versions(spec, versions, oneSchema, errors);
        Field names = spec.at("names");
        for (String each : List.of("plural", "singular", "kind", "listKind")) {
            if (names.at(each).empty()) {
                errors.required(names.at(each), "");
            }
        }
        DefinedNames.check(names, errors);
        if (!versions.isEmpty()) {
            common(spec, versions, oneSchema, errors);
        }
        ConversionRules.check(spec, errors);
    }

    private static void versions(Field spec, List<Field> versions, boolean oneSchema, Errors errors) {
        Set<String> seen = new HashSet<>();
        boolean oneSetOfSubresources = same(versions, "subresources");
        for (Field version : versions) {
            Field name = version.at("name");
            DefinedNames.joined(name, Names.rfc1035Label(name.text()), "", errors);
            seen.add(name.text());
            DefinedVersion.deprecation(version, errors);
            if (!oneSchema) {
                boolean status = version.at("subresources", "status").present();
                DefinedVersion.schema(version.at("schema"), status, errors);
            }
            if (!oneSetOfSubresources) {
                DefinedVersion.subresources(version.at("subresources"), errors);
            }
            if (!same(versions, "additionalPrinterColumns")) {
                DefinedVersion.columns(version.at("additionalPrinterColumns"), errors);
            }
            if (!same(versions, "selectableFields")) {
                DefinedVersion.selectable(
                        version.at("selectableFields"), version.at("schema", "openAPIV3Schema"), errors);
            }
        }
        Field all = spec.at("versions");
        if (seen.size() < versions.size()) {
            errors.invalid(all, shown(versions, oneSchema), "must contain unique version names");
        }
        if (versions.stream().filter(each -> each.at("storage").flag()).count() != 1) {
            errors.invalid(all, shown(versions, oneSchema), "must have exactly one version marked as storage version");
        }
        if (!versions.isEmpty()) {
            Field first =
                    Field.of("spec.version", versions.getFirst().at("name").value());
            DefinedNames.joined(first, Names.rfc1035Label(first.text()), "", errors);
        }
    }

    private static void common(Field spec, List<Field> versions, boolean oneSchema, Errors errors) {
        Field first = versions.getFirst();
        if (oneSchema) {
            boolean status = versions.stream()
                    .anyMatch(each -> each.at("subresources", "status").present());
            DefinedVersion.schema(
                    spec.at("validation").withValue(first.at("schema").value()), status, errors);
        }
        if (same(versions, "subresources")) {
            DefinedVersion.subresources(
                    spec.at("subresources").withValue(first.at("subresources").value()), errors);
        }
        if (same(versions, "additionalPrinterColumns")) {
            Field columns = first.at("additionalPrinterColumns");
            DefinedVersion.columns(spec.at("additionalPrinterColumns").withValue(columns.value()), errors);
        }
        if (same(versions, "selectableFields")) {
            Field fields = first.at("selectableFields");
            DefinedVersion.selectable(
                    spec.at("selectableFields").withValue(fields.value()),
                    first.at("schema", "openAPIV3Schema"),
                    errors);
        }
    }

    private static boolean same(List<Field> versions, String part) {
        return versions.stream()
                .allMatch(each -> Semantics.equal(
                        each.at(part).value(), versions.getFirst().at(part).value()));
    }

    /** The versions as upstream shows them: with its own names, and without what they have in common. */
    private static @Nullable ArrayNode shown(List<Field> versions, boolean oneSchema) {
        if (versions.isEmpty()) {
            return null;
        }
        ArrayNode list = Json.mapper().createArrayNode();
        for (Field version : versions) {
            ObjectNode shown = list.addObject()
                    .put("Name", version.at("name").text())
                    .put("Served", version.at("served").flag())
                    .put("Storage", version.at("storage").flag())
                    .put("Deprecated", version.at("deprecated").flag());
            shown.putNull("DeprecationWarning");
            if (oneSchema || version.at("schema").absent()) {
                shown.putNull("Schema");
            } else {
                shown.set("Schema", version.at("schema").value());
            }
            shown.putNull("Subresources").putNull("AdditionalPrinterColumns").putNull("SelectableFields");
        }
        return list;
    }

    private static void storedVersions(Field stored, Field spec, Errors errors) {
        if (stored.empty()) {
            errors.invalid(stored, null, "must have at least one stored version");
            return;
        }
        Set<String> names = new HashSet<>();
        for (Field version : spec.at("versions").items()) {
            String name = version.at("name").text();
            names.add(name);
            if (version.at("storage").flag() && !stored.texts().contains(name)) {
                errors.invalid(stored, "must have the storage version " + name);
            }
        }
        for (Field each : stored.items()) {
            if (!names.contains(each.text())) {
                errors.invalid(
                        each,
                        "missing from spec.versions; %1$s was previously a storage version, and must remain in spec.versions"
                                        .formatted(each.text())
                                + " until a storage migration ensures no data remains persisted in %1$s and removes %1$s from"
                                        .formatted(each.text())
                                + " status.storedVersions");
            }
        }
    }

    /** Groups of the Kubernetes community take a review, or an excuse; one that was let through before may stay. */
    private static void approval(Field definition, @Nullable Field current, Errors errors) {
        String group = definition.at("spec", "group").text();
        boolean community = List.of("k8s.io", "kubernetes.io").stream()
                .anyMatch(each -> group.equals(each) || group.endsWith("." + each));
        String problem = community ? approvalProblem(definition) : null;
        if (problem == null || current != null && problem.equals(approvalProblem(current))) {
            return;
        }
        Field annotation = definition.at("metadata", "annotations").key(APPROVAL);
        if (annotation.empty()) {
            errors.required(annotation, problem);
        } else {
            errors.invalid(annotation, problem);
        }
    }

    private static @Nullable String approvalProblem(Field definition) {
        String text = definition.at("metadata", "annotations").key(APPROVAL).text();
        if (text.isEmpty()) {
            return NO_APPROVAL + APPROVAL_RULES;
        }
        if (text.startsWith("unapproved")) {
            return null;
        }
        try {
            URI url = new URI(text);
            if (url.getScheme() != null && url.getHost() != null) {
                return null;
            }
        } catch (URISyntaxException noUrl) {
            return NO_APPROVAL + " with either a URL or a reason starting with \"unapproved\"" + APPROVAL_RULES;
        }
        return NO_APPROVAL + " with either a URL or a reason starting with \"unapproved\"" + APPROVAL_RULES;
    }
}
