package io.kubespring.apimachinery.fieldmanager;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a write changed, in the version it came in and, where somebody owns fields in another, in that. */
final class VersionedChanges {

    private final String apiVersion;
    private final FieldSet own;
    private final ObjectNode before;
    private final ObjectNode after;
    private final FieldSet reset;
    private final OtherVersions others;
    private @Nullable Map<String, FieldSet> converted;

    /**
     * @param own the changes in {@code apiVersion}
     * @param reset what the endpoint ignores
     */
    VersionedChanges(
            String apiVersion,
            FieldSet own,
            ObjectNode before,
            ObjectNode after,
            FieldSet reset,
            OtherVersions others) {
        this.apiVersion = apiVersion;
        this.own = own;
        this.before = before;
        this.after = after;
        this.reset = reset;
        this.others = others;
    }

    /** In the version of the write, with marks. */
    FieldSet own() {
        return own;
    }

    /** With marks; null for a version that is not known. */
    @Nullable
    FieldSet in(String version) {
        if (version.equals(apiVersion)) {
            return own;
        }
        Map<String, FieldSet> known = converted == null ? new HashMap<>() : converted;
        converted = known;
        FieldSet found = known.get(version);
        if (found == null) {
            OtherVersions.Version other = others.of(version);
            if (other == null) {
                return null;
            }
            found = Comparison.of(other.convert(before), other.convert(after), other.schema())
                    .recursiveDifference(reset);
            known.put(version, found);
        }
        return found;
    }
}
