package io.kubespring.client.codec;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.kubespring.api.json.Json;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The mapper that reads typed models. It differs in one thing: {@code managedFields} have names of fields for keys, each
 * of which Jackson would hand over by a reflective call of several microseconds, dozens of them in every object. They are
 * read as one map instead.
 */
final class Models {

    static final JsonMapper READER = Json.mapper()
            .rebuild()
            .addModule(new SimpleModule("models").addDeserializer(FieldsV1.class, new FieldsReader()))
            .build();

    private Models() {}

    private static final class FieldsReader extends StdDeserializer<FieldsV1> {

        FieldsReader() {
            super(FieldsV1.class);
        }

        @Override
        @SuppressWarnings("unchecked") // keys of a JSON object are strings
        public FieldsV1 deserialize(JsonParser parser, DeserializationContext context) {
            var fields = new FieldsV1();
            fields.setAdditionalProperties((Map<String, Object>) context.readValue(parser, Map.class));
            return fields;
        }
    }
}
