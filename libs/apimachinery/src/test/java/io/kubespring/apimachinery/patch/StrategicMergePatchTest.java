package io.kubespring.apimachinery.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.api.schema.Schema;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class StrategicMergePatchTest {

    private static final Schema DEPLOYMENT = Objects.requireNonNull(
                    Catalog.builtIn().byKind(GroupVersionKind.of("apps/v1", "Deployment")))
            .schema();
    private static final Schema POD_SPEC =
            Objects.requireNonNull(Objects.requireNonNull(Catalog.builtIn().byKind(GroupVersionKind.of("v1", "Pod")))
                    .schema()
                    .property("spec"));
    private static final Schema META = Objects.requireNonNull(DEPLOYMENT.property("metadata"));

    private static String patch(String current, String patch, Schema schema) {
        var original = (ObjectNode) Json.read(current);
        var change = (ObjectNode) Json.read(patch);
        String result = StrategicMergePatch.apply(original, change, schema).toString();
        assertThat(original).as("the current object is untouched").isEqualTo(Json.read(current));
        assertThat(change).as("the patch is untouched").isEqualTo(Json.read(patch));
        return result.replace('"', '\'');
    }

    private static String podSpec(String current, String patch) {
        return patch(current.replace('\'', '"'), patch.replace('\'', '"'), POD_SPEC);
    }

    @Test
    void containersMergeByNameAndNewOnesComeFirst() {
        assertThat(podSpec(
                        "{'containers':[{'name':'a','image':'a:1'},{'name':'b','image':'b:1'}]}",
                        "{'containers':[{'name':'b','image':'b:2'},{'name':'c','image':'c:1','command':null}]}"))
                .isEqualTo("{'containers':[{'name':'a','image':'a:1'},"
                        + "{'name':'b','image':'b:2'},{'name':'c','image':'c:1'}]}");
    }

    @Test
    void setElementOrderDecidesTheOrder() {
        assertThat(podSpec(
                        "{'containers':[{'name':'a'},{'name':'sidecar'},{'name':'b'}]}",
                        "{'$setElementOrder/containers':[{'name':'b'},{'name':'new'},{'name':'a'}],"
                                + "'containers':[{'name':'new','image':'x'}]}"))
                .isEqualTo("{'containers':[{'name':'sidecar'},{'name':'b'},{'name':'new','image':'x'},{'name':'a'}]}");
    }

    @Test
    void aPatchAgainstItsOwnOrderIsRefused() {
        assertThatThrownBy(() ->
                        podSpec("{}", "{'$setElementOrder/containers':[{'name':'a'}],'containers':[{'name':'b'}]}"))
                .isInstanceOf(StatusException.class)
                .hasMessage("The order in patch list:\n[map[name:b]]\n doesn't match $setElementOrder/ list:\n"
                        + "[map[name:a]]\n");
    }

    @Test
    void patchDeleteRemovesItemsAndWholeObjects() {
        assertThat(podSpec(
                        "{'containers':[{'name':'a'},{'name':'b'}],'securityContext':{'runAsUser':1}}",
                        "{'containers':[{'$patch':'delete','name':'a'}],'securityContext':{'$patch':'delete'}}"))
                .isEqualTo("{'containers':[{'name':'b'}],'securityContext':{}}");
    }

    @Test
    void patchReplaceReplacesListsAndObjects() {
        assertThat(
                        podSpec(
                                "{'containers':[{'name':'a'},{'name':'b'}],'nodeSelector':{'a':'1'}}",
                                "{'containers':[{'name':'c'},{'$patch':'replace'}],'nodeSelector':{'$patch':'replace','b':'2'}}"))
                .isEqualTo("{'containers':[{'name':'c'}],'nodeSelector':{'b':'2'}}");
    }

    @Test
    void retainKeysClearsTheOtherMembersOfAUnion() {
        assertThat(patch(
                        "{\"spec\":{\"strategy\":{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxSurge\":1}}}}",
                        "{\"spec\":{\"strategy\":{\"$retainKeys\":[\"type\"],\"type\":\"Recreate\"}}}",
                        DEPLOYMENT))
                .isEqualTo("{'spec':{'strategy':{'type':'Recreate'}}}");
        assertThatThrownBy(() ->
                        patch("{\"spec\":{}}", "{\"spec\":{\"$retainKeys\":[\"type\"],\"paused\":true}}", DEPLOYMENT))
                .hasMessage("invalid patch format of retainKeys");
    }

    @Test
    void finalizersMergeByValueAndCanBeDeleted() {
        assertThat(patch("{\"finalizers\":[\"a\",\"b\"]}", "{\"finalizers\":[\"c\",\"a\"]}", META))
                .isEqualTo("{'finalizers':['c','a','b']}");
        assertThat(patch(
                        "{\"finalizers\":[\"a\",\"b\"]}",
                        "{\"$deleteFromPrimitiveList/finalizers\":[\"a\",\"x\"]}",
                        META))
                .isEqualTo("{'finalizers':['b']}");
        assertThat(patch(
                        "{\"finalizers\":[\"a\",\"b\"]}",
                        "{\"$deleteFromPrimitiveList/finalizers\":[\"a\"],\"$setElementOrder/finalizers\":[\"c\",\"b\"],"
                                + "\"finalizers\":[\"c\"]}",
                        META))
                .isEqualTo("{'finalizers':['c','b']}");
    }

    @Test
    void portsMergeByTheSingleMergeKeyAsUpstream() {
        assertThat(podSpec(
                        "{'containers':[{'name':'a','ports':[{'containerPort':53,'protocol':'UDP'},{'containerPort':53,'protocol':'TCP'}]}]}",
                        "{'containers':[{'name':'a','ports':[{'containerPort':53,'name':'dns'}]}]}"))
                .isEqualTo("{'containers':[{'name':'a','ports':[{'containerPort':53,'protocol':'UDP','name':'dns'},"
                        + "{'containerPort':53,'protocol':'TCP'}]}]}");
    }

    @Test
    void listsWithoutAMergeStrategyAreReplaced() {
        assertThat(podSpec(
                        "{'containers':[{'name':'a','args':['1','2']}]}", "{'containers':[{'name':'a','args':['3']}]}"))
                .isEqualTo("{'containers':[{'name':'a','args':['3']}]}");
    }

    @Test
    void nullRemovesAndEnvironmentIsMergedByName() {
        assertThat(
                        podSpec(
                                "{'nodeName':'n','containers':[{'name':'a','env':[{'name':'X','value':'1'},{'name':'Y','value':'2'}]}]}",
                                "{'nodeName':null,'containers':[{'name':'a','env':[{'name':'X','value':null,'valueFrom':{'fieldRef':{'fieldPath':'p'}}}]}]}"))
                .isEqualTo("{'containers':[{'name':'a','env':[{'name':'X','valueFrom':{'fieldRef':{'fieldPath':'p'}}},"
                        + "{'name':'Y','value':'2'}]}]}");
    }

    @Test
    void badPatchesAreClientErrors() {
        assertThatThrownBy(() -> podSpec("{'containers':[{'name':'a'}]}", "{'containers':[{'image':'a'}]}"))
                .hasMessage("map: map[image:a] does not contain declared merge key: name");
        assertThatThrownBy(() -> podSpec("{'nodeSelector':{}}", "{'nodeSelector':{'$patch':'smash'}}"))
                .hasMessage("unknown patch type: smash in map: map[$patch:smash]");
        assertThatThrownBy(() -> podSpec("{'containers':[{'name':'a'}]}", "{'containers':[{'name':'a'},1]}"))
                .hasMessageStartingWith("list element types are not identical: ");
        assertThatThrownBy(() -> podSpec("{}", "{'$deleteFromPrimitiveList/x':{}}"))
                .hasMessage("invalid patch format of primitive list");
    }
}
