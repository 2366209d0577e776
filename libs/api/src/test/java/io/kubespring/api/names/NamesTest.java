package io.kubespring.api.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "a-b", "0", "a1", "123-abc"})
    void acceptsDnsLabels(String value) {
        assertThat(Names.dnsLabel(value)).isEmpty();
        assertThat(Names.dnsSubdomain(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a_b", "-a", "a-", "a b", "a\n", "é"})
    void refusesOtherLabels(String value) {
        assertThat(Names.dnsLabel(value))
                .containsExactly("a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
                        + " and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
                        + " regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')");
    }

    @Test
    void limitsLengths() {
        assertThat(Names.dnsLabel("a".repeat(63))).isEmpty();
        assertThat(Names.dnsLabel("a".repeat(64))).containsExactly("must be no more than 63 characters");
        assertThat(Names.dnsSubdomain("a".repeat(253))).isEmpty();
        assertThat(Names.dnsSubdomain("a".repeat(254))).containsExactly("must be no more than 253 characters");
        assertThat(Names.dnsSubdomain("a.".repeat(100_000) + "a"))
                .containsExactly("must be no more than 253 characters");
        assertThat(Names.labelValue("A".repeat(64))).containsExactly("must be no more than 63 bytes");
    }

    @Test
    void subdomainsHaveDots() {
        assertThat(Names.dnsSubdomain("example.com")).isEmpty();
        assertThat(Names.dnsLabel("example.com")).hasSize(1);
        assertThat(Names.dnsSubdomain("example..com"))
                .singleElement()
                .asString()
                .startsWith("a lowercase RFC 1123 subdomain must consist of")
                .endsWith("(e.g. 'example.com', regex used for validation is"
                        + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
    }

    @Test
    void servicesStartWithALetter() {
        assertThat(Names.rfc1035Label("web-1")).isEmpty();
        assertThat(Names.rfc1035Label("1web")).singleElement().asString().startsWith("a DNS-1035 label must");
    }

    @Test
    void qualifiedNamesMayHaveAPrefix() {
        assertThat(Names.qualifiedName("app.kubernetes.io/name")).isEmpty();
        assertThat(Names.qualifiedName("App_1.x")).isEmpty();
        assertThat(Names.qualifiedName("/name")).containsExactly("prefix part must be non-empty");
        assertThat(Names.qualifiedName("example.com/"))
                .hasSize(2)
                .contains("name part must be non-empty")
                .anyMatch(each -> each.startsWith("name part must consist of alphanumeric characters"));
        assertThat(Names.qualifiedName("a/b/c"))
                .singleElement()
                .asString()
                .startsWith("a valid label key must consist of")
                .endsWith("with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
        assertThat(Names.qualifiedName("UPPER/x")).singleElement().asString().startsWith("prefix part a lowercase");
    }

    @Test
    void labelValuesMayBeEmpty() {
        assertThat(Names.labelValue("")).isEmpty();
        assertThat(Names.labelValue("v1.2_3-X")).isEmpty();
        assertThat(Names.labelValue("a b"))
                .singleElement()
                .asString()
                .contains("a valid label must be an empty string or consist of")
                .contains("'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?'");
    }

    @Test
    void portNamesAreIanaServiceNames() {
        assertThat(Names.portName("http-alt2")).isEmpty();
        assertThat(Names.portName("80")).containsExactly("must contain at least one letter (a-z)");
        assertThat(Names.portName("a--b")).containsExactly("must not contain consecutive hyphens");
        assertThat(Names.portName("-a")).containsExactly("must not begin or end with a hyphen");
        assertThat(Names.portName("sixteen-letters-")).hasSize(2);
        assertThat(Names.portName("A")).hasSize(2);
        assertThat(Names.portNumber(65536)).containsExactly("must be between 1 and 65535, inclusive");
        assertThat(Names.portNumber(1)).isEmpty();
    }

    @Test
    void configKeysAreFileNames() {
        assertThat(Names.configMapKey("app.properties")).isEmpty();
        assertThat(Names.configMapKey("..data")).containsExactly("must not start with '..'");
        assertThat(Names.configMapKey("..")).containsExactly("must not be '..'");
        assertThat(Names.configMapKey("a/b")).hasSize(1);
    }

    @Test
    void environmentNamesArePrintable() {
        assertThat(Names.envVarName("my var")).isEmpty();
        assertThat(Names.envVarName("a=b")).hasSize(1);
        assertThat(Names.envVarName("")).containsExactly("environment variable name must be non-empty");
    }

    @Test
    void pathSegmentsStayInTheirSegment() {
        assertThat(Names.pathSegment("system:node")).isEmpty();
        assertThat(Names.pathSegment("a/b%")).containsExactly("may not contain '/'", "may not contain '%'");
        assertThat(Names.pathSegment("..")).containsExactly("may not be '..'");
    }
}
