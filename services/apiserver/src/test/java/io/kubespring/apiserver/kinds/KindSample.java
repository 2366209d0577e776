package io.kubespring.apiserver.kinds;

import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known of one resource in one version: a minimal valid object and what must become of it, read from
 * {@code src/test/resources/kinds/<group, or core>-<version>-<plural>.yaml}. Everywhere in the file {@code $name} is a
 * name that no other object of the run has, and {@code $number} a number from 1 to 250 that no other of its kind has.
 *
 * <pre>
 * before:                     # what must be there first, if anything
 * - {to: /api/v1/nodes, body: {…}}
 * sample: {…}                 # a minimal object that is accepted, metadata.name: $name
 * answers: Status            # the kind of what a create answers that stores nothing, if not its own
 * defaulted: {spec: {…}}      # what it gets that was not sent; lists item by item
 * refused:                    # changes of the sample that cannot be created, with everything they are told
 * - {set: {/spec/replicas: -1}, says: 'spec.replicas: Invalid value: -1: must be …'}
 *   # code: 500 beside it where upstream does not take the refusal for the client's fault
 * immutable:                  # the same for updates of the object
 * - {set: {/spec/selector/a: b}, says: '…'}
 * accepted:                   # updates that work
 * - {set: {/spec/replicas: 3}}
 * selectable: {status.phase: Pending}   # besides metadata.name and metadata.namespace; all there are, with the sample's values, or '?' for what the server gave it
 * columns: [Name, Age, IP*]   # of its Table; those only shown by -o wide with a star
 * row: [$name, '?', none]     # its cells; '?' is anything
 * status: {…}                 # what a controller may write to the status subresource
 * subresources: {proxy: why it is not proven}
 * </pre>
 *
 * <p>In {@code set}, keys are JSON pointers ({@code ~1} is a slash), null removes, an index one past the end appends.
 * {@code says} is one text or a list: field, colon, message, each exactly as a client reads them. An aspect that a
 * resource does not have is a sentence that says why: {@code immutable: everything but the metadata can change}.
 */
record KindSample(ResourceType type, String text) {

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Map<String, AtomicInteger> NUMBERS = new ConcurrentHashMap<>();

    /**
     * A change and what it is told; {@code says} is empty for a change that works.
     *
     * @param code of the refusal; 0 for any that is the client's fault
     */
    record Change(ObjectNode set, List<String> says, int code) {

        /** The object with the change made. */
        ObjectNode applyTo(ObjectNode object) {
            ObjectNode changed = object.deepCopy();
            set.properties().forEach(each -> Pointers.set(changed, each.getKey(), each.getValue()));
            return changed;
        }
    }

    /** The file with a fresh name in it. */
    Sheet fresh() {
        int number =
                NUMBERS.computeIfAbsent(title(), each -> new AtomicInteger()).incrementAndGet();
        return new Sheet(
                type,
                KindSamples.parse(text.replace("$name", "sample-" + NAMES.incrementAndGet())
                        .replace("$number", Integer.toString(number % 250 + 1))));
    }

    /** "core/v1 pods" */
    String title() {
        String group = type.kind().group().isEmpty() ? "core" : type.kind().group();
        return group + "/" + type.kind().version() + " " + type.plural();
    }

    @Override
    public String toString() {
        return title();
    }

    /** One reading of the file. */
    record Sheet(ResourceType type, ObjectNode tree) {

        boolean has(String part) {
            return tree.has(part) && !tree.path(part).isString();
        }

        /** Why the resource does not have a part; empty if it has, or if nothing is said. */
        String reason(String part) {
            return tree.path(part).asString("");
        }

        ObjectNode sample() {
            return part("sample");
        }

        ObjectNode part(String name) {
            return tree.get(name) instanceof ObjectNode object ? object : Json.object();
        }

        List<JsonNode> list(String name) {
            List<JsonNode> items = new ArrayList<>();
            if (tree.path(name).isArray()) {
                tree.path(name).forEach(items::add);
            }
            return items;
        }

        List<Change> changes(String name) {
            return list(name).stream()
                    .map(each -> new Change(
                            (ObjectNode) each.path("set"),
                            texts(each.path("says")),
                            each.path("code").asInt(0)))
                    .toList();
        }

        private static List<String> texts(JsonNode says) {
            List<String> texts = new ArrayList<>();
            if (says.isString()) {
                texts.add(says.stringValue());
            } else {
                says.forEach(each -> texts.add(each.asString()));
            }
            return texts;
        }

        String name() {
            return sample().at("/metadata/name").asString();
        }

        /** The sample's own, for what would change the other samples in "default"; it is made by {@code before}. */
        String namespace() {
            return sample().at("/metadata/namespace").asString("default");
        }

        /** Where objects of the resource are created. */
        String collection() {
            String root = type.kind().group().isEmpty()
                    ? "/api/" + type.kind().version()
                    : "/apis/" + type.kind().apiVersion();
            return root + (type.namespaced() ? "/namespaces/" + namespace() + "/" : "/") + type.plural();
        }

        String uri() {
            return collection() + "/" + name();
        }
    }
}
