package io.kubespring.apimachinery.structural;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.api.quantity.Quantity;
import io.kubespring.api.schema.Schema;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Scalars of the common forms are told without parsing; what is made of them is what parsing makes. */
class ScalarFormsTest {

    private static final Schema QUANTITY = Schema.builder(Schema.Type.OBJECT)
            .property(
                    "q",
                    Schema.builder(Schema.Type.STRING)
                            .name("io.k8s.apimachinery.pkg.api.resource.Quantity")
                            .intOrString()
                            .build())
            .build();
    private static final Schema TIME = Schema.builder(Schema.Type.OBJECT)
            .property(
                    "t", Schema.builder(Schema.Type.STRING).format("date-time").build())
            .build();

    @Test
    void quantitiesAreKeptInTheirCanonicalForm() {
        for (String suffix : List.of("", "m", "k", "M", "G", "Ki", "Mi", "Gi", "Ti", "n", "u", "e3", ".5")) {
            for (long number :
                    new long[] {0, 1, 5, 10, 100, 128, 500, 999, 1000, 1024, 1500, 2048, 65536, 999_999, 1_000_000}) {
                String text = number + suffix;
                var object = Json.object().put("q", text);
                StructuralChecker.check(object, QUANTITY);
                assertThat(object.get("q").stringValue())
                        .as(text)
                        .isEqualTo(Quantity.parse(text).toString());
            }
        }
        var padded = Json.object().put("q", "010");
        StructuralChecker.check(padded, QUANTITY);
        assertThat(padded.get("q").stringValue()).isEqualTo("10");
    }

    @Test
    void timesAreAcceptedThatParse() {
        String digits = "0123456789-T:Z+ ";
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder("2026-02-28T23:59:59Z");
            for (int change = random.nextInt(3); change >= 0; change--) {
                text.setCharAt(random.nextInt(text.length()), digits.charAt(random.nextInt(digits.length())));
            }
            assertThat(accepted(text.toString())).as(text.toString()).isEqualTo(parses(text.toString()));
        }
    }

    private static boolean accepted(String time) {
        try {
            StructuralChecker.check(Json.object().put("t", time), TIME);
            return true;
        } catch (StatusException refused) {
            return false;
        }
    }

    private static boolean parses(String time) {
        try {
            return OffsetDateTime.parse(time) != null;
        } catch (DateTimeException refused) {
            return false;
        }
    }
}
