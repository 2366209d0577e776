package io.kubespring.apimachinery.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class JsonPatchTest {

    private static final String DOCUMENT = "{'a':{'b':1,'c/d~e':2},'list':[1,2,3],'n':null}";

    private static String apply(String operations) {
        var current = (ObjectNode) Json.read(DOCUMENT.replace('\'', '"'));
        ObjectNode before = current.deepCopy();
        String result = JsonPatch.apply(
                        current, ("[" + operations + "]").replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace('"', '\'');
        assertThat(current).isEqualTo(before);
        return result;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'op':'add','path':'/a/x','value':{}} | {'a':{'b':1,'c/d~e':2,'x':{}},'list':[1,2,3],'n':null}",
                "{'op':'add','path':'/list/1','value':9} | {'a':{'b':1,'c/d~e':2},'list':[1,9,2,3],'n':null}",
                "{'op':'add','path':'/list/-','value':9} | {'a':{'b':1,'c/d~e':2},'list':[1,2,3,9],'n':null}",
                "{'op':'add','path':'/list/3','value':9} | {'a':{'b':1,'c/d~e':2},'list':[1,2,3,9],'n':null}",
                "{'op':'remove','path':'/a/c~1d~0e'} | {'a':{'b':1},'list':[1,2,3],'n':null}",
                "{'op':'remove','path':'/list/-1'} | {'a':{'b':1,'c/d~e':2},'list':[1,2],'n':null}",
                "{'op':'replace','path':'/a','value':0} | {'a':0,'list':[1,2,3],'n':null}",
                "{'op':'replace','path':'/list/0','value':0} | {'a':{'b':1,'c/d~e':2},'list':[0,2,3],'n':null}",
                "{'op':'move','from':'/a/b','path':'/list/0'} | {'a':{'c/d~e':2},'list':[1,1,2,3],'n':null}",
                "{'op':'copy','from':'/list','path':'/a/b'} | {'a':{'b':[1,2,3],'c/d~e':2},'list':[1,2,3],'n':null}",
                "{'op':'test','path':'/a/b','value':1.0} | {'a':{'b':1,'c/d~e':2},'list':[1,2,3],'n':null}",
                "{'op':'test','path':'/nothing','value':null} | {'a':{'b':1,'c/d~e':2},'list':[1,2,3],'n':null}",
                "{'op':'replace','path':'','value':{'k':1}} | {'k':1}",
            })
    void operations(String operation, String expected) {
        assertThat(apply(operation)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'test','path':'/a/b','value':2}",
                "{'op':'test','path':'/list','value':[1,2]}",
                "{'op':'remove','path':'/zzz'}",
                "{'op':'remove','path':'/list/3'}",
                "{'op':'remove','path':''}",
                "{'op':'replace','path':'/zzz','value':1}",
                "{'op':'add','path':'/list/5','value':1}",
                "{'op':'add','path':'/x/y','value':1}",
                "{'op':'add','path':'/list/x','value':1}",
                "{'op':'add','path':'/a/x'}",
                "{'op':'move','from':'/a','path':'/a/b'}",
                "{'op':'copy','from':'/zzz','path':'/y'}",
                "{'op':'dance','path':'/a'}",
                "{'op':'add','path':'a','value':1}",
                "{'path':'/a'}",
                "{'op':'replace','path':'','value':[]}",
            })
    void whatDoesNotFitIsUnprocessable(String operation) {
        assertThatThrownBy(() -> apply(operation))
                .isInstanceOf(StatusException.class)
                .hasMessage("the server rejected our request due to an error in our request")
                .extracting(error -> ((StatusException) error).code())
                .isEqualTo(422);
    }

    @Test
    void whatIsNoPatchIsABadRequest() {
        for (String body : new String[] {"", "{", "{}", "[1]", "\"x\""}) {
            assertThatThrownBy(() -> JsonPatch.apply(Json.object(), body.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(StatusException.class)
                    .extracting(error -> ((StatusException) error).code())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void operationsAndCopiesAreBounded() {
        String many = String.join(",", Collections.nCopies(10_001, "{'op':'test','path':'/n'}"));
        assertThatThrownBy(() -> apply(many))
                .hasMessageContaining("The allowed maximum operations in a JSON patch is 10000, got 10001")
                .extracting(error -> ((StatusException) error).code())
                .isEqualTo(413);
        String doubling = String.join(
                ",",
                Collections.nCopies(
                        60, "{'op':'copy','from':'/a','path':'/a/x'},{'op':'copy','from':'/a','path':'/a/y'}"));
        assertThatThrownBy(() -> apply(doubling)).isInstanceOf(StatusException.class);
    }

    @Test
    void aPatchCannotMakeWhatCouldNotBeReadBack() {
        String deep = "{'a':".repeat(400) + "1" + "}".repeat(400);
        String twice = "{'op':'add','path':'/x','value':" + deep + "},{'op':'add','path':'/x" + "/a".repeat(399)
                + "','value':" + deep + "}";

        assertThatThrownBy(() -> apply(twice))
                .isInstanceOf(StatusException.class)
                .extracting(error -> ((StatusException) error).code())
                .isEqualTo(422);
    }
}
