package io.kubespring.testing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.names.Names;
import io.kubespring.api.quantity.Quantity;
import io.kubespring.api.selector.FieldSelector;
import io.kubespring.api.selector.LabelSelector;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The small languages of the API (selectors, quantities, names) on texts that nobody means: each is refused as an illegal
 * argument or read to something whose own text means the same.
 */
class ApiTextFuzzTest {

    private static final List<String> LABELS = List.of(
            "",
            ",",
            "=",
            "!",
            "!a",
            "! a",
            "a,",
            ",a",
            "a=",
            "a==b",
            "a = b",
            "a!=b",
            "!a=b",
            "a in (b,c)",
            "a in ()",
            "a in (,)",
            "a in (b",
            "a in b)",
            "a notin (b, c),d",
            "in in (in)",
            "notin notin (notin)",
            "a>1",
            "a<-1",
            "a>x",
            "x>9223372036854775808",
            "example.com/a=b",
            "/a",
            "a/",
            "a/b/c",
            "a\0b",
            "a=b=c",
            "((((",
            "a in ((b))",
            "\u00e9=\u00fc",
            "a  notin\t(\nb)");

    private static final List<String> FIELDS = List.of(
            "",
            ",",
            "=",
            "a=",
            "a=b",
            "a==b",
            "a!=b",
            "=b",
            "!=b",
            "a=b,c!=d",
            "a=\\,",
            "a=\\=",
            "a=\\",
            "a=\\\\",
            "a=\\n",
            "metadata.name=x,,spec.nodeName!=",
            "a=b=c",
            "a\\=b",
            "status.phase!=Failed,",
            "a===b",
            "a!==b");

    private static final List<String> QUANTITIES = List.of(
            "",
            "0",
            "-0",
            "+",
            "-",
            ".",
            "1.",
            ".5",
            "1..2",
            "1.5Gi",
            "100m",
            "1e3",
            "1E3",
            "1E",
            "1e",
            "1E-9",
            "1e-400",
            "1e2147483648",
            "1e99999999999999999999",
            "9223372036854775808",
            "-9223372036854775809",
            "9Ei",
            "1000Ei",
            "1n",
            "0.1n",
            "1u",
            "1k",
            "1K",
            "1ki",
            "0x10",
            "1 ",
            " 1",
            "1_0",
            "\u0661",
            "12e6m",
            "--1",
            "+-1",
            "NaN",
            "0.0000000001",
            "1e+3",
            "1e-3",
            "00000001",
            "999999999999999999999999999999999999999999999999999999999999999999");

    private static final List<String> NAMES = List.of(
            "",
            "a",
            "-",
            "a-",
            "-a",
            "A",
            "a.b",
            ".a",
            "a.",
            "a..b",
            "a/b",
            "/",
            "a/",
            "/a",
            "a/b/c",
            ".",
            "..",
            "...",
            "\0",
            "a\nb",
            "\u00e9",
            "1",
            "1a",
            "a1",
            "a_b",
            "_",
            "%",
            "a%b",
            "xn--a",
            "a:b",
            "C_IDENT",
            "*",
            "*.a",
            "a".repeat(63),
            "a".repeat(64),
            "a".repeat(253),
            "a.".repeat(127),
            "a".repeat(254) + "/b");

    private static void labels(String text) {
        read(() -> LabelSelector.parse(text), selector -> {
            selector.matches(Map.of("a", "b", "example.com/a", ""));
            assertThat(LabelSelector.parse(selector.toString())).hasToString(selector.toString());
        });
    }

    private static void fields(String text) {
        read(() -> FieldSelector.parse(text), selector -> {
            selector.matches(Map.of("a", "b"));
            assertThat(FieldSelector.parse(selector.toString()).requirements()).isEqualTo(selector.requirements());
        });
    }

    private static void quantity(String text) {
        read(() -> Quantity.parse(text), quantity -> {
            String canonical = quantity.toString();
            assertThat(canonical.length()).isLessThan(48);
            assertThat(Quantity.parse(canonical)).isEqualTo(quantity).hasToString(canonical);
            assertThat(BigDecimal.valueOf(quantity.value()))
                    .isBetween(quantity.amount(), quantity.amount().add(BigDecimal.ONE));
            assertThat(quantity.add(quantity).subtract(quantity)).isEqualTo(quantity);
            quantity.milliValue();
        });
    }

    private static void name(String text) {
        assertThat(Stream.of(
                        Names.dnsLabel(text),
                        Names.dnsSubdomain(text),
                        Names.rfc1035Label(text),
                        Names.qualifiedName(text),
                        Names.labelKey(text),
                        Names.labelValue(text),
                        Names.portName(text),
                        Names.configMapKey(text),
                        Names.envVarName(text),
                        Names.pathSegment(text)))
                .doesNotContainNull();
        if (Names.dnsLabel(text).isEmpty()) {
            assertThat(Names.dnsSubdomain(text)).isEmpty();
            assertThat(Names.labelValue(text)).isEmpty();
        }
        if (Names.rfc1035Label(text).isEmpty()) {
            assertThat(Names.dnsLabel(text)).isEmpty();
        }
    }

    private interface Parser<T> {
        T parse();
    }

    private static <T> void read(Parser<T> parser, Consumer<T> properties) {
        T value;
        try {
            value = parser.parse();
        } catch (IllegalArgumentException refused) {
            assertThat(refused).isExactlyInstanceOf(IllegalArgumentException.class);
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        properties.accept(value);
    }

    private record Language(String name, List<String> corpus, String pieces, Consumer<String> property) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Language> languages() {
        return Stream.of(
                new Language("label selector", LABELS, "ab1,=!<>() \tin./-_", ApiTextFuzzTest::labels),
                new Language("field selector", FIELDS, "ab,=!\\. ", ApiTextFuzzTest::fields),
                new Language("quantity", QUANTITIES, "0123456789.+-eEinumkKMGTP", ApiTextFuzzTest::quantity),
                new Language("name", NAMES, "azAZ09-._/:*% ", ApiTextFuzzTest::name));
    }

    static Stream<Arguments> corpus() {
        return languages().flatMap(language -> language.corpus().stream().map(text -> Arguments.of(language, text)));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void nastyTexts(Language language, String text) {
        language.property().accept(text);
    }

    @ParameterizedTest
    @MethodSource("languages")
    @Tag("long")
    void manyMangledTexts(Language language) {
        Fuzz.seeds(
                2_000_000,
                seed -> Mangler.ofTexts(language.corpus(), language.pieces(), seed)
                        .text(),
                language.property());
    }
}
