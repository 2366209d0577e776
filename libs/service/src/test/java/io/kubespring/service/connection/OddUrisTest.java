package io.kubespring.service.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Targets of requests that are no URIs by the book. */
class OddUrisTest {

    @Test
    void lettersThatShouldHaveBeenEncodedAre() {
        assertThat(OddUris.encoded("/a|b{c}?q={x}|y?z")).isEqualTo("/a%7Cb%7Bc%7D?q=%7Bx%7D%7Cy?z");
        assertThat(OddUris.encoded("/é#f")).isEqualTo("/%C3%A9%23f");
        assertThat(OddUris.encoded("/%41")).isEqualTo("/%41");
    }

    @Test
    void whatCannotBeDecodedIsNone() {
        assertThat(OddUris.encoded("/%zz")).isNull();
        assertThat(OddUris.encoded("/%4")).isNull();
        assertThat(OddUris.encoded("*")).isNull();
        assertThat(OddUris.encoded("")).isNull();
        assertThat(OddUris.encoded("//[:::")).isNotEqualTo("//[:::");
    }

    @Test
    void anyTextIsAUriAfterwardsOrNone() {
        var random = new SplittableRandom(11);
        for (int round = 0; round < 5000; round++) {
            var text = new StringBuilder("/");
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append((char) (random.nextInt(8) == 0 ? random.nextInt(0x3000) : random.nextInt(32, 127)));
            }
            String encoded = OddUris.encoded(text.toString());
            if (encoded != null) {
                assertThat(URI.create(encoded).toString()).isEqualTo(encoded);
            }
        }
    }
}
