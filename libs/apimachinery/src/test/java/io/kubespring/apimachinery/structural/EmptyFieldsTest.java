package io.kubespring.apimachinery.structural;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.json.Json;
import io.kubespring.api.schema.BuiltInSchemas;
import io.kubespring.api.schema.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class EmptyFieldsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "networking.k8s.io/v1 | Ingress | {'spec':{'tls':[],'rules':[{'host':''}]}} | {'spec':{'rules':[{}]}}",
                "v1 | ConfigMap | {'metadata':{'name':'a','labels':{},'finalizers':[]},'data':{}} |"
                        + " {'metadata':{'name':'a'}}",
                // what points at something is there, be it empty
                "v1 | Pod | {'spec':{'hostNetwork':false,'automountServiceAccountToken':false,'securityContext':{},"
                        + "'nodeSelector':{}}} | {'spec':{'automountServiceAccountToken':false,'securityContext':{}}}",
                "apps/v1 | Deployment | {'spec':{'replicas':0,'minReadySeconds':0}} | {'spec':{'replicas':0}}",
                // what is always written stays
                "rbac.authorization.k8s.io/v1 | Role | {'rules':[{'verbs':[],'resourceNames':[]}]} |"
                        + " {'rules':[{'verbs':[]}]}",
                // the keys of a map are nobody's fields
                "v1 | Pod | {'metadata':{'annotations':{'a':''}}} | {'metadata':{'annotations':{'a':''}}}",
            })
    void whatHoldsNothingIsNotKept(String apiVersion, String kind, String sent, String kept) {
        ObjectNode object = object(sent);

        EmptyFields.take(object, schema(apiVersion, kind));

        assertThat(object).isEqualTo(object(kept));
    }

    @Test
    void aRefusalSeesWhatWasWritten() {
        ObjectNode ingress = object("{'spec':{'tls':[],'rules':[]}}");
        EmptyFields empty = EmptyFields.take(ingress, schema("networking.k8s.io/v1", "Ingress"));
        ((ObjectNode) ingress.get("spec")).put("tls", "set meanwhile");

        empty.during(() -> assertThat(ingress).isEqualTo(object("{'spec':{'tls':'set meanwhile','rules':[]}}")));

        assertThat(ingress).isEqualTo(object("{'spec':{'tls':'set meanwhile'}}"));
    }

    private static ObjectNode object(String text) {
        return (ObjectNode) Json.read(text.replace('\'', '"'));
    }

    private static Schema schema(String apiVersion, String kind) {
        return BuiltInSchemas.get().ofKind(GroupVersionKind.of(apiVersion, kind));
    }
}
