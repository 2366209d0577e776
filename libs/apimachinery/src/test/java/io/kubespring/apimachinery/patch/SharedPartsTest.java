package io.kubespring.apimachinery.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import io.kubespring.api.json.SharedObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Owned fields that many trees share may be patched as anything else; the others keep theirs. */
class SharedPartsTest {

    private static final byte[] OBJECT =
            ("{\"metadata\":{\"name\":\"a\",\"managedFields\":[{\"manager\":\"m\",\"fieldsV1\":"
                            + "{\"f:metadata\":{\"f:labels\":{\".\":{},\"f:patched-by-this-test\":{},\"f:tier\":{}}}}}]}}")
                    .getBytes(StandardCharsets.UTF_8);

    private static ObjectNode shared() {
        Json.readObject(OBJECT);
        Json.readObject(OBJECT);
        ObjectNode object = Json.readObject(OBJECT);
        assertThat(object.at("/metadata/managedFields/0/fieldsV1")).isInstanceOf(SharedObject.class);
        return object;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aJsonPatchReachesInto() {
        ObjectNode object = shared();
        ObjectNode patched = JsonPatch.apply(
                object,
                bytes("[{\"op\":\"add\",\"path\":\"/metadata/managedFields/0/fieldsV1/f:metadata/f:x\",\"value\":{}},"
                        + "{\"op\":\"copy\",\"from\":\"/metadata/managedFields/0/fieldsV1\",\"path\":\"/copy\"},"
                        + "{\"op\":\"remove\",\"path\":\"/copy/f:metadata/f:labels\"}]"));
        assertThat(patched.at("/metadata/managedFields/0/fieldsV1/f:metadata").has("f:x"))
                .isTrue();
        assertThat(patched.at("/copy/f:metadata").has("f:labels")).isFalse();
        assertThat(Json.write(object)).isEqualTo(OBJECT);
    }

    @Test
    void aMergePatchReplaces() {
        ObjectNode object = shared();
        ObjectNode patch = Json.readObject(bytes("{\"metadata\":{\"managedFields\":{\"a\":{\"b\":1}}}}"));
        assertThat(MergePatch.apply(object, patch)
                        .at("/metadata/managedFields/a/b")
                        .intValue())
                .isEqualTo(1);
        assertThat(Json.write(object)).isEqualTo(OBJECT);
    }
}
