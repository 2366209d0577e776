package io.kubespring.apiserver.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import io.kubespring.api.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Messages whose JSON form is not an object of their fields. */
enum WellKnownMessages {
    TIME {
        @Override
        @Nullable
        JsonNode tree(DynamicMessage message) {
            Instant time = instant(message);
            return time == null
                    ? null
                    : text(time.truncatedTo(ChronoUnit.SECONDS).toString());
        }
    },
    MICRO_TIME {
        @Override
        @Nullable
        JsonNode tree(DynamicMessage message) {
            Instant time = instant(message);
            return time == null ? null : text(MICROSECONDS.format(time));
        }
    },
    QUANTITY {
        @Override
        JsonNode tree(DynamicMessage message) {
            return text(String.valueOf(value(message, "string")));
        }
    },
    INT_OR_STRING {
        @Override
        JsonNode tree(DynamicMessage message) {
            return ((Number) value(message, "type")).longValue() == 1
                    ? text(String.valueOf(value(message, "strVal")))
                    : JsonNodeFactory.instance.numberNode((Integer) value(message, "intVal"));
        }
    },
    RAW {
        @Override
        @Nullable
        JsonNode tree(DynamicMessage message) {
            var field = message.getDescriptorForType().getFields().getFirst();
            byte[] json = ((ByteString) message.getField(field)).toByteArray();
            return json.length == 0 ? null : Json.mapper().readTree(json);
        }
    },
    /** A list that protobuf wraps because a map's value cannot be repeated. */
    ITEMS {
        @Override
        JsonNode tree(DynamicMessage message) {
            var array = Json.mapper().createArrayNode();
            ((List<?>) value(message, "items")).forEach(each -> array.add(String.valueOf(each)));
            return array;
        }
    };

    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final String META = "k8s.io.apimachinery.pkg.apis.meta.v1.";

    private static final Map<String, WellKnownMessages> BY_NAME = Map.ofEntries(
            Map.entry(META + "Time", TIME),
            Map.entry(META + "MicroTime", MICRO_TIME),
            Map.entry(META + "FieldsV1", RAW),
            Map.entry("k8s.io.apimachinery.pkg.runtime.RawExtension", RAW),
            Map.entry("k8s.io.apimachinery.pkg.api.resource.Quantity", QUANTITY),
            Map.entry("k8s.io.apimachinery.pkg.util.intstr.IntOrString", INT_OR_STRING),
            Map.entry("k8s.io.api.authentication.v1.ExtraValue", ITEMS),
            Map.entry("k8s.io.api.authorization.v1.ExtraValue", ITEMS),
            Map.entry("k8s.io.api.certificates.v1.ExtraValue", ITEMS));

    /** Null for a message whose JSON form is an object. */
    static @Nullable WellKnownMessages of(String fullName) {
        return BY_NAME.get(fullName);
    }

    /** Null where JSON leaves the value out. */
    abstract @Nullable JsonNode tree(DynamicMessage message);

    private static JsonNode text(String value) {
        return JsonNodeFactory.instance.stringNode(value);
    }

    private static Object value(DynamicMessage message, String field) {
        return message.getField(message.getDescriptorForType().findFieldByName(field));
    }

    /** Go's zero time is an empty message. */
    private static @Nullable Instant instant(DynamicMessage message) {
        long seconds = (Long) value(message, "seconds");
        int nanos = (Integer) value(message, "nanos");
        return seconds == 0 && nanos == 0 ? null : Instant.ofEpochSecond(seconds, nanos);
    }
}
