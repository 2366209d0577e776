package io.kubespring.apiserver.cache;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.json.JsonMapper;

/** Decodes the rare string that holds a backslash. */
final class JsonEscapes {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private JsonEscapes() {}

    /** @param start after the opening quote */
    static String decode(byte[] json, int start, int end) {
        byte[] quoted = Arrays.copyOfRange(json, start - 1, end + 1);
        return MAPPER.readValue(new String(quoted, StandardCharsets.UTF_8), String.class);
    }
}
