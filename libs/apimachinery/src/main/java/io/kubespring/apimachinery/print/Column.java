package io.kubespring.apimachinery.print;

import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One column: its definition and how to fill it.
 *
 * @param title what clients head the column with
 * @param type of OpenAPI: string, integer, boolean, date
 * @param format "name" for the column that names the object, else empty
 * @param priority 0 always shown, 1 with {@code -o wide}
 */
record Column(
        String title,
        String type,
        String format,
        int priority,
        String description,
        BiFunction<ObjectNode, Instant, JsonNode> cell) {

    static Column text(String name, String description, Function<ObjectNode, String> cell) {
        return timed(name, description, (object, now) -> cell.apply(object));
    }

    /** A cell that depends on the time. */
    static Column timed(String name, String description, BiFunction<ObjectNode, Instant, String> cell) {
        return new Column(
                name,
                "string",
                "",
                0,
                description,
                (object, now) -> JsonNodeFactory.instance.stringNode(cell.apply(object, now)));
    }

    /** A cell of whatever type the value has, in a column that is declared as text. */
    static Column value(String name, String description, Function<ObjectNode, JsonNode> cell) {
        return new Column(name, "string", "", 0, description, (object, now) -> cell.apply(object));
    }

    static Column integer(String name, String description, ToLongFunction<ObjectNode> cell) {
        return new Column(
                name,
                "integer",
                "",
                0,
                description,
                (object, now) -> JsonNodeFactory.instance.numberNode(cell.applyAsLong(object)));
    }

    /** The same under another declared type: upstream's definitions and cells do not always agree. */
    Column declared(String as) {
        return new Column(title, as, format, priority, description, cell);
    }

    static Column bool(String name, String description, Function<ObjectNode, Boolean> cell) {
        return new Column(
                name,
                "boolean",
                "",
                0,
                description,
                (object, now) -> JsonNodeFactory.instance.booleanNode(cell.apply(object)));
    }

    /** The text at a path; empty where there is none. */
    static Column field(String name, String description, String... path) {
        return text(name, description, object -> Fields.text(object, path));
    }

    /** The object's name, by which clients find the row. */
    static Column objectName() {
        return objectName(object -> Fields.text(object, "metadata", "name"));
    }

    static Column objectName(Function<ObjectNode, String> cell) {
        Column text = text("Name", "The name, unique in its namespace", cell);
        return new Column(text.title, text.type, "name", 0, text.description, text.cell);
    }

    static Column age() {
        return timed(
                "Age",
                "Time since creation",
                (object, now) -> HumanDuration.since(Fields.text(object, "metadata", "creationTimestamp"), now));
    }

    /** What kinds without columns of their own show: the creation as a date, which clients format. */
    static Column createdAt() {
        return new Column(
                "Created At",
                "date",
                "",
                0,
                "When the object was created",
                (object, now) ->
                        JsonNodeFactory.instance.stringNode(Fields.text(object, "metadata", "creationTimestamp")));
    }

    /** The same, declared as the name of something. */
    Column asName() {
        return new Column(title, type, "name", priority, description, cell);
    }

    /** The same, only for {@code -o wide}. */
    Column wide() {
        return new Column(title, type, format, 1, description, cell);
    }
}
