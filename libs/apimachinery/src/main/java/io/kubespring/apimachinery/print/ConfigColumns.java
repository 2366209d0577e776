package io.kubespring.apimachinery.print;

import static io.kubespring.apimachinery.print.Fields.at;

/** What pods read: ConfigMaps, Secrets, service accounts. */
final class ConfigColumns {

    private ConfigColumns() {}

    static void register(KindColumns.Registry registry) {
        registry.put(
                "",
                "ConfigMap",
                Column.objectName(),
                Column.integer(
                                "Data",
                                "How many keys there are",
                                it -> at(it, "data").size()
                                        + at(it, "binaryData").size())
                        .declared("string"),
                Column.age());
        registry.put(
                "",
                "Secret",
                Column.objectName(),
                Column.field("Type", "What kind of secret it is", "type"),
                Column.integer(
                                "Data",
                                "How many keys there are",
                                it -> at(it, "data").size())
                        .declared("string"),
                Column.age());
        registry.put(
                "",
                "ServiceAccount",
                Column.objectName(),
                Column.integer(
                        "Secrets",
                        "How many secrets it names",
                        it -> at(it, "secrets").size()),
                Column.age());
    }
}
