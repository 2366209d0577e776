package io.kubespring.apimachinery.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.error.StatusException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchBodyTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void duplicatesAreReported() {
        List<String> duplicates = new ArrayList<>();
        PatchBody.mergePatch(bytes("{\"spec\":{\"a\":1,\"a\":2}}"), duplicates);
        assertThat(duplicates).containsExactly("spec.a");
    }

    @Test
    void anApplyPatchMayBeYaml() {
        assertThat(PatchBody.applyPatch(bytes("kind: Pod\nspec: {replicas: 1}"), new ArrayList<>())
                        .toString())
                .isEqualTo("{\"kind\":\"Pod\",\"spec\":{\"replicas\":1}}");
    }

    @Test
    void whatIsNoObjectIsABadRequest() {
        assertThatThrownBy(() -> PatchBody.mergePatch(bytes("{"), new ArrayList<>()))
                .isInstanceOf(StatusException.class)
                .hasMessage("error decoding patch: unexpected end of JSON input");
        assertThatThrownBy(() -> PatchBody.strategicMergePatch(bytes("[]"), new ArrayList<>()))
                .hasMessage("json: cannot unmarshal array into Go value of type map[string]interface {}");
        assertThatThrownBy(() -> PatchBody.applyPatch(bytes("a: [b"), new ArrayList<>()))
                .hasMessageStartingWith("error decoding YAML: ");
    }
}
