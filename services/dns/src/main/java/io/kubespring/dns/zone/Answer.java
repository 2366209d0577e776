package io.kubespring.dns.zone;

import java.util.List;

/**
 * What a name means.
 *
 * @param found false for NXDOMAIN; true with no records for NODATA
 * @param records that answer the question
 * @param additional addresses of the names that the records mention
 */
public record Answer(boolean found, List<Record> records, List<Record> additional) {

    static final Answer NAME_ERROR = new Answer(false, List.of(), List.of());
    static final Answer NO_DATA = new Answer(true, List.of(), List.of());

    static Answer of(List<? extends Record> records) {
        return new Answer(true, List.copyOf(records), List.of());
    }

    /** A resource record; names are absolute, with their final dot. */
    public sealed interface Record {
        String name();
    }

    /** @param address four or sixteen bytes */
    public record Address(String name, byte[] address) implements Record {}

    /** @param target where the service listens on {@code port} */
    public record Srv(String name, int priority, int weight, int port, String target) implements Record {}

    public record Cname(String name, String target) implements Record {}

    public record Ptr(String name, String target) implements Record {}

    public record Txt(String name, String text) implements Record {}
}
