package io.kubespring.api.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class LabelSelectorTest {

    private static final Map<String, String> WEB = Map.of("app", "web", "tier", "front", "size", "7", "empty", "");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | true",
                "app=web | true",
                "app==web | true",
                "app = web | true",
                "app=db | false",
                "app!=db | true",
                "app!=web | false",
                "other!=x | true",
                "app | true",
                "!app | false",
                "! other | true",
                "other | false",
                "app in (web,db) | true",
                "app in ( web , db ) | true",
                "app in (db) | false",
                "app notin (db) | true",
                "other notin (db) | true",
                "app notin (web, db) | false",
                "size > 6 | true",
                "size>7 | false",
                "size<8 | true",
                "app>1 | false",
                "other>1 | false",
                "empty= | true",
                "empty in (,a) | true",
                "app=web,tier=front | true",
                "app=web,tier=back | false",
                "app in (web),!gone,size<10 | true",
                "in=x | false",
            })
    void matchesLabels(String selector, boolean expected) {
        assertThat(LabelSelector.parse(selector).matches(WEB)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app==web | app==web",
                "a in (z,b) | a in (b,z)",
                "!a , b | !a,b",
                "a>1 | a>1",
            })
    void writesWhatItReads(String selector, String canonical) {
        assertThat(LabelSelector.parse(selector)).hasToString(canonical);
    }

    @Test
    void refusesInUpstreamsWords() {
        assertRefused("app=web,", "found '', expected: identifier after ','");
        assertRefused(",a", "found ',', expected: !, identifier, or 'end of string'");
        assertRefused("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt");
        assertRefused("a in b", "unable to parse requirement: found 'b', expected: '('");
        assertRefused("a in (b", "unable to parse requirement: found '', expected: ',' or ')'");
        assertRefused("a=b c", "found 'c', expected: ',' or 'end of string'");
        assertThatThrownBy(() -> LabelSelector.parse("a_/b=c"))
                .hasMessageStartingWith("unable to parse requirement: <nil>: Invalid value: \"a_/b\": prefix part");
        assertThatThrownBy(() -> LabelSelector.parse("a=b@c"))
                .hasMessageStartingWith("unable to parse requirement: values[0][a]: Invalid value: \"b@c\": a valid");
        assertRefused(
                "a>x",
                "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must"
                        + " be an integer");
    }

    @Test
    void readsAnObjectsSelector() {
        LabelSelector selector = LabelSelector.of((ObjectNode) Json.read("""
            {"matchLabels": {"app": "web"},
             "matchExpressions": [{"key": "tier", "operator": "In", "values": ["front", "back"]},
                                  {"key": "gone", "operator": "DoesNotExist"}]}\
            """));
        assertThat(selector.matches(WEB)).isTrue();
        assertThat(selector.matches(Map.of("app", "web"))).isFalse();
        assertThat(selector).hasToString("app=web,!gone,tier in (back,front)");
    }

    @Test
    void anEmptySelectorMatchesAllAndNoneMatchesNothing() {
        assertThat(LabelSelector.of(Json.object()).matches(Map.of())).isTrue();
        assertThat(LabelSelector.of(Json.object()).isEverything()).isTrue();
        assertThat(LabelSelector.of(null).matches(Map.of())).isFalse();
        assertThat(LabelSelector.nothing().isEverything()).isFalse();
    }

    @Test
    void refusesAnUnknownOperator() {
        ObjectNode selector =
                (ObjectNode) Json.read("{\"matchExpressions\": [{\"key\": \"a\", \"operator\": \"Like\"}]}");
        assertThatThrownBy(() -> LabelSelector.of(selector))
                .hasMessage("\"Like\" is not a valid label selector operator");
    }

    @Test
    void plainLabelsMustAllBeThere() {
        LabelSelector selector = LabelSelector.ofLabels(Map.of("tier", "front", "app", "web"));
        assertThat(selector.matches(WEB)).isTrue();
        assertThat(selector.matches(Map.of("app", "web"))).isFalse();
        assertThat(selector).hasToString("app=web,tier=front");
    }

    private static void assertRefused(String selector, String message) {
        assertThatThrownBy(() -> LabelSelector.parse(selector)).hasMessage(message);
    }
}
