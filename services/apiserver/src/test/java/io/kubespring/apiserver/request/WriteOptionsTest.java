package io.kubespring.apiserver.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.error.StatusException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** dryRun, fieldManager, fieldValidation and force, and who a manager is when none is named. */
class WriteOptionsTest {

    private static WriteOptions parse(String kind, String query, boolean apply) {
        return WriteOptions.parse(kind, QueryParameters.parse(query), "kubectl/v1.36.0 (linux)", apply);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CreateOptions | dryRun=x&dryRun=All | dryRun: Unsupported value: [\"x\",\"All\"]: supported values:"
                        + " \"All\"",
                "UpdateOptions | fieldValidation=Maybe | fieldValidation: Unsupported value: \"Maybe\": supported"
                        + " values: \"\", \"Ignore\", \"Strict\", \"Warn\"",
                "PatchOptions | force=true | force: Forbidden: may not be specified for non-apply patch",
                "CreateOptions | fieldManager=a%0Ab | fieldManager: Invalid value: \"a\\nb\": invalid character U+000A"
                        + " (at position 1)",
            })
    void errors(String kind, String query, String error) {
        assertThatThrownBy(() -> parse(kind, query, false))
                .isInstanceOf(StatusException.class)
                .hasMessage(kind + ".meta.k8s.io \"\" is invalid: " + error);
    }

    @Test
    void anApplyNeedsAManager() {
        assertThatThrownBy(() -> parse("PatchOptions", "force=true", true))
                .hasMessage("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for "
                        + "apply patch");
    }

    @Test
    void aManagersNameIsBoundedInBytes() {
        assertThat(parse("CreateOptions", "fieldManager=" + "m".repeat(128), false)
                        .fieldManager())
                .hasSize(128);
        assertThatThrownBy(() -> parse("CreateOptions", "fieldManager=" + "%C3%A9".repeat(65), false))
                .hasMessageEndingWith("fieldManager: Too long: may not be more than 128 bytes");
    }

    @Test
    void withoutOneTheUserAgentIsTheManager() {
        assertThat(parse("CreateOptions", "", false).fieldManager()).isEqualTo("kubectl");
        assertThat(WriteOptions.parse("CreateOptions", QueryParameters.EMPTY, null, false)
                        .fieldManager())
                .isEqualTo("unknown");
    }
}
