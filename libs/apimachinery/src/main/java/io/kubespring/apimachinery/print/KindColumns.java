package io.kubespring.apimachinery.print;

import io.kubespring.api.GroupVersionKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which columns a kind has. The same in every version of a group. */
final class KindColumns {

    private static final List<Column> BUILT_IN_DEFAULT = List.of(Column.objectName(), Column.createdAt());
    private static final List<Column> CUSTOM_DEFAULT = List.of(Column.objectName(), Column.age());
    private static final Map<Key, List<Column>> COLUMNS = new HashMap<>();

    private record Key(String group, String kind) {}

    static {
        PodColumns.register(KindColumns::put);
        WorkloadColumns.register(KindColumns::put);
        BatchColumns.register(KindColumns::put);
        ServiceColumns.register(KindColumns::put);
        NetworkColumns.register(KindColumns::put);
        ClusterColumns.register(KindColumns::put);
        EventColumns.register(KindColumns::put);
        ConfigColumns.register(KindColumns::put);
        StorageColumns.register(KindColumns::put);
        AccessColumns.register(KindColumns::put);
        PolicyColumns.register(KindColumns::put);
        AutoscalingColumns.register(KindColumns::put);
        AdmissionColumns.register(KindColumns::put);
        FlowControlColumns.register(KindColumns::put);
        DeviceColumns.register(KindColumns::put);
    }

    /** Takes in the columns of one kind. */
    @FunctionalInterface
    interface Registry {
        void put(String group, String kind, Column... columns);
    }

    private KindColumns() {}

    static List<Column> of(GroupVersionKind kind) {
        List<Column> known = COLUMNS.get(new Key(kind.group(), kind.kind()));
        if (known != null) {
            return known;
        }
        boolean builtIn = !kind.group().contains(".") || kind.group().endsWith(".k8s.io");
        return builtIn ? BUILT_IN_DEFAULT : CUSTOM_DEFAULT;
    }

    private static void put(String group, String kind, Column... columns) {
        COLUMNS.put(new Key(group, kind), List.of(columns));
    }
}
