package io.kubespring.apimachinery.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** The examples of RFC 7386's appendix that have objects on both sides. */
class MergePatchTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'a':'b'} | {'a':'c'} | {'a':'c'}",
                "{'a':'b'} | {'b':'c'} | {'a':'b','b':'c'}",
                "{'a':'b'} | {'a':null} | {}",
                "{'a':'b','b':'c'} | {'a':null} | {'b':'c'}",
                "{'a':['b']} | {'a':'c'} | {'a':'c'}",
                "{'a':'c'} | {'a':['b']} | {'a':['b']}",
                "{'a':{'b':'c'}} | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}",
                "{'a':[{'b':'c'}]} | {'a':[1]} | {'a':[1]}",
                "{'e':null} | {'a':1} | {'e':null,'a':1}",
                "{} | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}",
            })
    void rfc7386(String target, String patch, String expected) {
        var current = (ObjectNode) Json.read(target.replace('\'', '"'));
        var change = (ObjectNode) Json.read(patch.replace('\'', '"'));

        assertThat(MergePatch.apply(current, change).toString().replace('"', '\''))
                .isEqualTo(expected);
        assertThat(current.toString().replace('"', '\'')).isEqualTo(target);
    }
}
