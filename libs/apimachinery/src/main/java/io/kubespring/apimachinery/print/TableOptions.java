package io.kubespring.apimachinery.print;

/**
 * @param include what of each object comes with its row
 * @param noHeaders leaves the column definitions out, as in every event of a watch but the first
 */
public record TableOptions(IncludeObject include, boolean noHeaders) {

    /** The query parameter {@code includeObject}; clients that say nothing get the metadata. */
    public enum IncludeObject {
        NONE,
        METADATA,
        OBJECT
    }

    public static final TableOptions DEFAULT = new TableOptions(IncludeObject.METADATA, false);
}
