package io.kubespring.apimachinery.fieldmanager;

import static io.kubespring.apimachinery.fieldmanager.Kinds.CONFIG_MAP;
import static io.kubespring.apimachinery.fieldmanager.Kinds.DEPLOYMENT;
import static io.kubespring.apimachinery.fieldmanager.Kinds.POD;
import static io.kubespring.apimachinery.fieldmanager.Kinds.SERVICE;
import static io.kubespring.apimachinery.fieldmanager.Kinds.T0;
import static io.kubespring.apimachinery.fieldmanager.Kinds.T1;
import static io.kubespring.apimachinery.fieldmanager.Kinds.apply;
import static io.kubespring.apimachinery.fieldmanager.Kinds.configMap;
import static io.kubespring.apimachinery.fieldmanager.Kinds.fieldsOf;
import static io.kubespring.apimachinery.fieldmanager.Kinds.json;
import static io.kubespring.apimachinery.fieldmanager.Kinds.stored;
import static io.kubespring.apimachinery.fieldmanager.Kinds.text;
import static io.kubespring.apimachinery.fieldmanager.Kinds.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ApplyTest {

    private static ObjectNode deployment(String spec) {
        return json(
                "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web','namespace':'default'},'spec':"
                        + spec + "}");
    }

    private static ObjectNode pod(String containers) {
        return json(
                "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a'},'spec':{'containers':" + containers + "}}");
    }

    @Test
    void applyCreatesAndOwnsExactlyWhatItStates() {
        ObjectNode created = apply(
                DEPLOYMENT,
                null,
                deployment("{'replicas':3,'template':{'spec':{'containers':["
                        + "{'name':'a','image':'x','ports':[{'containerPort':80}]}]}}}"),
                "me",
                false,
                T0);

        assertThat(fieldsOf(created, "me"))
                .isEqualTo(
                        "{'f:spec':{'f:replicas':{},'f:template':{'f:spec':{'f:containers':"
                                + "{'k:{\\'name\\':\\'a\\'}':{'.':{},'f:image':{},'f:name':{},'f:ports':"
                                + "{'k:{\\'containerPort\\':80,\\'protocol\\':\\'TCP\\'}':{'.':{},'f:containerPort':{}}}}}}}}}");
        assertThat(text(created.at("/metadata/managedFields/0/operation"))).isEqualTo("'Apply'");
    }

    @Test
    void changingAnotherManagersFieldIsAConflictUnlessForced() {
        ObjectNode live = apply(DEPLOYMENT, null, deployment("{'replicas':3}"), "kubectl", false, T0);
        ObjectNode scaled = live.deepCopy();
        ((ObjectNode) scaled.get("spec")).put("replicas", 5);
        live = update(DEPLOYMENT, live, scaled, "kube-controller-manager", T1);
        ObjectNode current = live;

        StatusException refused = catchThrowableOfType(
                StatusException.class,
                () -> apply(DEPLOYMENT, current, deployment("{'replicas':3}"), "kubectl", false, T1));

        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.getMessage())
                .isEqualTo("Apply failed with 1 conflict: conflict with \"kube-controller-manager\" using apps/v1:"
                        + " .spec.replicas");
        assertThat(text(refused.toStatus().at("/details/causes")))
                .isEqualTo("[{'reason':'FieldManagerConflict','message':'conflict with \\'kube-controller-manager\\'"
                        + " using apps/v1','field':'.spec.replicas'}]");

        ObjectNode forced = apply(DEPLOYMENT, current, deployment("{'replicas':3}"), "kubectl", true, T1);
        assertThat(forced.at("/spec/replicas").intValue()).isEqualTo(3);
        assertThat(fieldsOf(forced, "kube-controller-manager")).isEqualTo("null");
    }

    @Test
    void severalConflictsAreListedByManager() {
        ObjectNode live = apply(CONFIG_MAP, null, configMap("{'a':'1','b':'1'}"), "beta", false, T0);
        live = apply(CONFIG_MAP, live, configMap("{'c':'1'}"), "alpha", false, T0);
        ObjectNode current = live;

        assertThatThrownBy(() -> apply(CONFIG_MAP, current, configMap("{'a':'2','b':'2','c':'2'}"), "me", false, T1))
                .hasMessage("Apply failed with 3 conflicts: conflicts with \"alpha\":\n- .data.c\n"
                        + "conflicts with \"beta\":\n- .data.a\n- .data.b");
    }

    @Test
    void equalValuesAreSharedAndSurviveTheFirstOwnersRemoval() {
        ObjectNode live = apply(CONFIG_MAP, null, configMap("{'a':'1','b':'1'}"), "one", false, T0);
        live = apply(CONFIG_MAP, live, configMap("{'a':'1'}"), "two", false, T1);
        assertThat(fieldsOf(live, "one")).isEqualTo("{'f:data':{'f:a':{},'f:b':{}}}");
        assertThat(fieldsOf(live, "two")).isEqualTo("{'f:data':{'f:a':{}}}");

        live = apply(CONFIG_MAP, live, configMap("{}"), "one", false, T1);

        assertThat(text(live.get("data"))).isEqualTo("{'a':'1'}");
        assertThat(fieldsOf(live, "two")).isEqualTo("{'f:data':{'f:a':{}}}");
    }

    @Test
    void whatIsNoLongerStatedIsRemovedWithAllThatNobodyOwnsInIt() {
        ObjectNode live = apply(
                POD,
                null,
                pod("[{'name':'a','image':'x'},{'name':'b','image':'y','env':[{'name':'E','value':'1'}]}]"),
                "me",
                false,
                T0);
        // Defaulted behind the applier's back: owned by nobody.
        ((ObjectNode) live.at("/spec/containers/1")).put("imagePullPolicy", "Always");

        ObjectNode next = apply(POD, live, pod("[{'name':'a','image':'x2'}]"), "me", false, T1);

        assertThat(text(next.at("/spec/containers"))).isEqualTo("[{'name':'a','image':'x2'}]");
        assertThat(text(next.at("/metadata/name"))).isEqualTo("'a'");
    }

    @Test
    void anItemThatAnotherManagerAlsoOwnsStays() {
        ObjectNode live = apply(POD, null, pod("[{'name':'a','image':'x'},{'name':'b','image':'y'}]"), "me", false, T0);
        live = apply(POD, live, pod("[{'name':'b','command':['c']}]"), "you", false, T0);

        ObjectNode next = apply(POD, live, pod("[{'name':'a','image':'x'}]"), "me", false, T1);

        assertThat(text(next.at("/spec/containers")))
                .isEqualTo("[{'name':'a','image':'x'},{'name':'b','command':['c']}]");
    }

    @Test
    void updatersFieldsSurviveWhenTheApplierStopsStatingTheirParent() {
        ObjectNode live = apply(CONFIG_MAP, null, configMap("{'a':'1'}"), "me", false, T0);
        ObjectNode edited = live.deepCopy();
        ((ObjectNode) edited.get("data")).put("b", "2");
        live = update(CONFIG_MAP, live, edited, "editor", T1);

        ObjectNode bare = json("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a','namespace':'default'}}");
        ObjectNode next = apply(CONFIG_MAP, live, bare, "me", false, T1);

        assertThat(text(next.get("data"))).isEqualTo("{'b':'2'}");
        assertThat(fieldsOf(next, "me")).isEqualTo("null");
    }

    @Test
    void atomicListsAndMapsAreReplacedWhole() {
        ObjectNode live = apply(POD, null, pod("[{'name':'a','args':['1','2']}]"), "me", false, T0);
        assertThat(fieldsOf(live, "me")).contains("'f:args':{}");

        ObjectNode next = apply(POD, live, pod("[{'name':'a','args':['3']}]"), "me", false, T1);

        assertThat(text(next.at("/spec/containers/0/args"))).isEqualTo("['3']");
    }

    @Test
    void portsAreToldApartByPortAndDefaultedProtocol() {
        String service = "{'apiVersion':'v1','kind':'Service','metadata':{'name':'dns'},'spec':{'ports':%s}}";
        ObjectNode live = apply(
                SERVICE,
                null,
                json(service.formatted("[{'name':'t','port':53},{'name':'u','port':53,'protocol':'UDP'}]")),
                "me",
                false,
                T0);
        ((ObjectNode) live.at("/spec/ports/0")).put("protocol", "TCP");

        ObjectNode next = apply(SERVICE, live, json(service.formatted("[{'name':'t2','port':53}]")), "me", false, T1);

        assertThat(text(next.at("/spec/ports"))).isEqualTo("[{'name':'t2','port':53,'protocol':'TCP'}]");
    }

    @Test
    void appliedItemsKeepTheirOrderAndForeignOnesTheirPlace() {
        ObjectNode live = apply(POD, null, pod("[{'name':'a'},{'name':'x'},{'name':'b'}]"), "one", false, T0);

        ObjectNode next = apply(POD, live, pod("[{'name':'b'},{'name':'new'},{'name':'a'}]"), "two", false, T1);

        assertThat(next.at("/spec/containers").findValuesAsString("name")).containsExactly("x", "b", "new", "a");
    }

    @Test
    void firstApplyToAnUntrackedObjectKeepsTheRestForBeforeFirstApply() {
        ObjectNode live = stored(configMap("{'a':'1','b':'2'}"));

        assertThatThrownBy(() -> apply(CONFIG_MAP, live, configMap("{'a':'9'}"), "me", false, T0))
                .hasMessage("Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: .data.a");
        ObjectNode next = apply(CONFIG_MAP, live, configMap("{'a':'9'}"), "me", true, T0);

        assertThat(fieldsOf(next, "before-first-apply")).isEqualTo("{'f:data':{'.':{},'f:b':{}}}");
        assertThat(fieldsOf(next, "me")).isEqualTo("{'f:data':{'f:a':{}}}");
    }

    @Test
    void theSameAmountWrittenOtherwiseIsNoConflict() {
        String containers = "[{'name':'a','resources':{'limits':{'cpu':%s}}}]";
        ObjectNode live = update(POD, null, pod(containers.formatted("'1'")), "creator", T0);

        assertThat(fieldsOf(apply(POD, live, pod(containers.formatted("1")), "me", false, T1), "creator"))
                .contains("'f:limits':{'.':{},'f:cpu':{}}");
        assertThat(fieldsOf(apply(POD, live, pod(containers.formatted("'1000m'")), "me", false, T1), "me"))
                .contains("'f:limits':{'f:cpu':{}}");
        assertThatThrownBy(() -> apply(POD, live, pod(containers.formatted("2")), "me", false, T1))
                .hasMessageContaining(".spec.containers[name=\"a\"].resources.limits.cpu");
    }

    @Test
    void applyingTheSameAgainChangesNothing() {
        ObjectNode once = apply(POD, null, pod("[{'name':'a','image':'x'}]"), "me", false, T0);
        ObjectNode twice = apply(POD, once, pod("[{'name':'a','image':'x'}]"), "me", false, T1);

        assertThat(text(twice)).isEqualTo(text(once));
    }

    @Test
    void kubectlMovesFromClientSideToServerSideApplyWithoutConflicts() {
        ObjectNode applied = configMap("{'a':'1','b':'2'}");
        ObjectNode live = configMap("{'a':'1','b':'2'}");
        ((ObjectNode) live.get("metadata")).putObject("annotations").put(LastApplied.ANNOTATION, applied.toString());
        live = update(CONFIG_MAP, null, live, "kubectl-client-side-apply", T0);
        ObjectNode current = live;

        assertThatThrownBy(() -> apply(CONFIG_MAP, current, configMap("{'a':'9'}"), "someone", false, T1))
                .hasMessageContaining("conflict with \"kubectl-client-side-apply\" using v1: .data.a");
        ObjectNode next = apply(CONFIG_MAP, current, configMap("{'a':'9','b':'2'}"), "kubectl", false, T1);

        assertThat(text(next.get("data"))).isEqualTo("{'a':'9','b':'2'}");
        assertThat(Json.read(next.path("metadata")
                        .path("annotations")
                        .path(LastApplied.ANNOTATION)
                        .asString()))
                .isEqualTo(configMap("{'a':'9','b':'2'}"));
    }

    @Test
    void badConfigurationsAreClientErrors() {
        assertThatThrownBy(() -> apply(DEPLOYMENT, null, deployment("{'foo':1}"), "me", false, T0))
                .isInstanceOf(StatusException.class)
                .hasMessage("failed to create typed patch object (default/web; apps/v1, Kind=Deployment):"
                        + " .spec.foo: field not declared in schema");
        assertThatThrownBy(() -> apply(POD, null, pod("[{'image':'x'}]"), "me", false, T0))
                .hasMessageContaining("associative list with keys has an element that omits all key fields [\"name\"]");
        assertThatThrownBy(() -> apply(POD, null, pod("[{'name':'x'},{'name':'x'}]"), "me", false, T0))
                .hasMessageContaining(".spec.containers: duplicate entries for key [name=\"x\"]");
        assertThatThrownBy(
                        () -> FieldManager.apply(POD, null, pod("[]"), Kinds.applier("me", "v2"), false, Set.of(), T0))
                .hasMessageContaining("Incorrect version specified in apply patch");
        ObjectNode withManaged = configMap("{}");
        ((ObjectNode) withManaged.get("metadata")).putArray("managedFields");
        assertThatThrownBy(() -> apply(CONFIG_MAP, null, withManaged, "me", false, T0))
                .hasMessage("metadata.managedFields must be nil");
    }
}
