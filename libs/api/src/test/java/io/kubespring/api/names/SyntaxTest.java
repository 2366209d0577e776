package io.kubespring.api.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The loops accept exactly what the regular expressions do that clients are told. */
class SyntaxTest {

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

    private static final Map<String, Predicate<String>> RULES = Map.of(
            LABEL,
            Syntax::label,
            LABEL + "(\\." + LABEL + ")*",
            Syntax::subdomain,
            "[a-z]([-a-z0-9]*[a-z0-9])?",
            Syntax::rfc1035,
            QUALIFIED,
            Syntax::qualified,
            "(" + QUALIFIED + ")?",
            Syntax::labelValue,
            "[-._a-zA-Z0-9]+",
            Syntax::configKey,
            "[-a-z0-9]+",
            Syntax::portCharacters,
            "[\\x20-\\x3c\\x3e-\\x7e]+",
            Syntax::environmentName);

    private static void assertSame(String text) {
        RULES.forEach((expression, rule) -> assertThat(rule.test(text))
                .as("%s against %s", text, expression)
                .isEqualTo(Pattern.matches(expression, text)));
    }

    @Test
    void everyTextOfUpToThreeCharactersIsJudgedAlike() {
        String alphabet = "aZ0-._= ü\n/";
        assertSame("");
        for (char first : alphabet.toCharArray()) {
            assertSame("" + first);
            for (char second : alphabet.toCharArray()) {
                assertSame("" + first + second);
                for (char third : alphabet.toCharArray()) {
                    assertSame("" + first + second + third);
                }
            }
        }
    }

    @Test
    void longerTextsAreJudgedAlike() {
        var random = new Random(1);
        List<String> pieces = List.of("a", "b", "9", "-", ".", "Z", "_", "=", "~", "é", "{", "`", "@", "[", ":");
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            int common = 3 + random.nextInt(pieces.size() - 2);
            for (int length = random.nextInt(12); length >= 0; length--) {
                text.append(pieces.get(random.nextInt(common)));
            }
            assertSame(text.toString());
        }
    }
}
