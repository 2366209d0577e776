package io.kubespring.apiserver.kinds;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.apiserver.kinds.KindSample.Change;
import io.kubespring.apiserver.kinds.KindSample.Sheet;
import io.kubespring.apiserver.kinds.NamedTests.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code docs/kinds.md}: a row a resource, a column an {@link Aspect}. A tick means that a test runs over the
 * resource's sample; without one there is the reason that the sample gives.
 */
final class KindsDocument {

    private static final String AWAITED = "no sample yet";

    private final List<Named> named = NamedTests.find();
    private final List<String> gaps = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    /** Every cell without a tick or a reason: "core/v1 pods: defaulting". */
    List<String> gaps() {
        render();
        return List.copyOf(gaps);
    }

    String render() {
        text.setLength(0);
        gaps.clear();
        text.append("""
            # Every built-in resource, and what proves it

            Generated from the catalog, the samples in `services/apiserver/src/test/resources/kinds` and the tests;
            `KindsDocumentTest` fails when this page is stale and says how to renew it. A tick is a test that runs over the
            resource's sample against a real server: the method of `KindContractTest` that heads the column, and for
            subresources of a resource's own the test that is named. Numbers count the verbs, the defaulted values, the
            refused objects, the refused updates, the selectable fields and the columns that are checked; a dash gives the
            reason why there is nothing to check. More refusals stand in the tables of `libs/kinds`.
            """);
        Catalog catalog = Catalog.builtIn();
        for (String group : catalog.groups()) {
            for (String version : catalog.versions(group)) {
                section(group.isEmpty() ? "core/" + version : group + "/" + version, catalog.resources(group, version));
            }
        }
        return text.toString();
    }

    private void section(String title, List<ResourceType> resources) {
        text.append("\n## ").append(title).append("\n\n| resource |");
        for (Aspect aspect : Aspect.values()) {
            text.append(" `").append(aspect.test()).append("` |");
        }
        text.append("\n|").append("---|".repeat(Aspect.values().length + 1)).append('\n');
        resources.forEach(this::row);
    }

    private void row(ResourceType type) {
        KindSample sample = KindSamples.of(type);
        text.append("| ").append(type.plural()).append(" |");
        for (Aspect aspect : Aspect.values()) {
            String cell = sample == null ? "" : cell(aspect, type, sample.fresh());
            if (cell.isEmpty()) {
                gaps.add(KindSamples.fileName(type) + ": " + aspect.name().toLowerCase(Locale.ROOT));
                cell = AWAITED;
            }
            text.append(' ').append(cell).append(" |");
        }
        text.append('\n');
    }

    private String cell(Aspect aspect, ResourceType type, Sheet sheet) {
        return switch (aspect) {
            case VERBS -> sheet.has("sample") ? tick(type.verbs().size()) : reason(sheet, "sample");
            case SUBRESOURCES -> subresources(type, sheet);
            case DEFAULTING -> checked(sheet, "defaulted", Trees.leaves(sheet.part("defaulted")));
            case VALIDATION -> checked(sheet, "refused", said(sheet, "refused"));
            case IMMUTABLE -> checked(sheet, "immutable", said(sheet, "immutable"));
            case SELECTABLE -> type.stored() ? tick(selectable(type, sheet)) : "– never stored";
            case COLUMNS -> checked(sheet, "columns", sheet.list("columns").size());
            case PROTOBUF -> ProtobufContract.PENDING.isEmpty() ? "✓" : "– " + ProtobufContract.PENDING;
        };
    }

    private static int said(Sheet sheet, String part) {
        return sheet.changes(part).stream()
                .map(Change::says)
                .mapToInt(List::size)
                .sum();
    }

    private static int selectable(ResourceType type, Sheet sheet) {
        return sheet.part("selectable").size() + (type.namespaced() ? 2 : 1);
    }

    private static String checked(Sheet sheet, String part, int count) {
        return sheet.has(part) ? tick(count) : reason(sheet, part);
    }

    private static String tick(int count) {
        return "✓ " + count;
    }

    private static String reason(Sheet sheet, String part) {
        String reason = sheet.reason(part);
        return reason.isEmpty() ? "" : "– " + reason;
    }

    private String subresources(ResourceType type, Sheet sheet) {
        if (type.subresources().isEmpty()) {
            return "– has none";
        }
        List<String> cells = new ArrayList<>();
        for (ResourceType.Subresource each : type.subresources()) {
            String cell = subresource(type, each.name(), sheet);
            if (cell == null) {
                return "";
            }
            cells.add(each.name() + " " + cell);
        }
        return String.join("<br>", cells);
    }

    private @Nullable String subresource(ResourceType type, String name, Sheet sheet) {
        String resource =
                type.kind().group().isEmpty() ? type.plural() : type.kind().group() + "/" + type.plural();
        List<Named> tests = named.stream()
                .filter(each ->
                        each.resource().equals(resource) && each.subresource().equals(name))
                .toList();
        boolean common = (name.equals("status") && sheet.has("status")) || name.equals("scale");
        if (!tests.isEmpty() || common) {
            return "✓" + tests.stream().map(each -> " `" + each.test() + "`").collect(Collectors.joining(","));
        }
        String reason = sheet.part("subresources").path(name).asString("");
        return reason.isEmpty() ? null : "– " + reason;
    }
}
