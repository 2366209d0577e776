package io.kubespring.apimachinery.fieldmanager;

import static io.kubespring.apimachinery.fieldmanager.Kinds.CONFIG_MAP;
import static io.kubespring.apimachinery.fieldmanager.Kinds.DEPLOYMENT;
import static io.kubespring.apimachinery.fieldmanager.Kinds.T0;
import static io.kubespring.apimachinery.fieldmanager.Kinds.T1;
import static io.kubespring.apimachinery.fieldmanager.Kinds.configMap;
import static io.kubespring.apimachinery.fieldmanager.Kinds.fieldsOf;
import static io.kubespring.apimachinery.fieldmanager.Kinds.json;
import static io.kubespring.apimachinery.fieldmanager.Kinds.stored;
import static io.kubespring.apimachinery.fieldmanager.Kinds.text;
import static io.kubespring.apimachinery.fieldmanager.Kinds.update;
import static io.kubespring.apimachinery.fieldmanager.Kinds.updater;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class UpdateOwnershipTest {

    @Test
    void theCreatorOwnsWhatItSetInUpstreamsCanonicalForm() {
        ObjectNode deployment = json("{'apiVersion':'apps/v1','kind':'Deployment',"
                + "'metadata':{'name':'web','namespace':'d','uid':'u','generation':1,'creationTimestamp':'2026-01-01T00:00:00Z',"
                + "'labels':{'b':'2','app':'web'}},'spec':{'replicas':2,'selector':{'matchLabels':{'app':'web'}},"
                + "'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':'25%'}},"
                + "'template':{'metadata':{'labels':{'app':'web'}},'spec':{'containers':["
                + "{'name':'web','image':'nginx','ports':[{'protocol':'TCP','containerPort':80}],'resources':{},"
                + "'args':['a','b'],'env':[{'name':'X','value':'1'}]}],"
                + "'securityContext':{},'terminationGracePeriodSeconds':30}}}}");

        FieldManager.update(DEPLOYMENT, null, deployment, updater("kubectl-create", "apps/v1"), Set.of(), T0);

        assertThat(text(deployment.at("/metadata/managedFields")))
                .isEqualTo("[{'manager':'kubectl-create','operation':'Update','apiVersion':'apps/v1',"
                        + "'time':'2026-01-01T00:00:00Z','fieldsType':'FieldsV1','fieldsV1':"
                        + "{'f:metadata':{'f:labels':{'.':{},'f:app':{},'f:b':{}}},"
                        + "'f:spec':{'f:replicas':{},'f:selector':{},"
                        + "'f:strategy':{'f:rollingUpdate':{'.':{},'f:maxSurge':{}},'f:type':{}},"
                        + "'f:template':{'f:metadata':{'f:labels':{'.':{},'f:app':{}}},"
                        + "'f:spec':{'f:containers':{'k:{\\'name\\':\\'web\\'}':{'.':{},'f:args':{},"
                        + "'f:env':{'.':{},'k:{\\'name\\':\\'X\\'}':{'.':{},'f:name':{},'f:value':{}}},"
                        + "'f:image':{},'f:name':{},'f:ports':{'.':{},"
                        + "'k:{\\'containerPort\\':80,\\'protocol\\':\\'TCP\\'}':{'.':{},'f:containerPort':{},'f:protocol':{}}},"
                        + "'f:resources':{}}},"
                        + "'f:securityContext':{},'f:terminationGracePeriodSeconds':{}}}}}}]");
    }

    @Test
    void whoChangesAFieldTakesItFromItsOwner() {
        ObjectNode live = update(CONFIG_MAP, null, configMap("{'a':'1','b':'2'}"), "first", T0);

        ObjectNode next = update(CONFIG_MAP, live, withFields(live, "{'a':'1','b':'3','c':'4'}"), "second", T1);

        assertThat(fieldsOf(next, "first")).isEqualTo("{'f:data':{'.':{},'f:a':{}}}");
        assertThat(fieldsOf(next, "second")).isEqualTo("{'f:data':{'f:b':{},'f:c':{}}}");
        assertThat(text(next.at("/metadata/managedFields/0/time"))).isEqualTo("'2026-01-01T00:00:00Z'");
        assertThat(text(next.at("/metadata/managedFields/1/time"))).isEqualTo("'2026-01-01T00:01:00Z'");
    }

    private static ObjectNode withFields(ObjectNode live, String data) {
        ObjectNode next = configMap(data);
        ((ObjectNode) next.get("metadata"))
                .set("managedFields", live.at("/metadata/managedFields").deepCopy());
        return next;
    }

    @Test
    void removedFieldsBelongToNobodyAndEmptyManagersVanish() {
        ObjectNode live = update(CONFIG_MAP, null, configMap("{'a':'1'}"), "first", T0);
        ObjectNode both = update(CONFIG_MAP, live, configMap("{'a':'1','b':'2'}"), "second", T1);

        ObjectNode next = update(CONFIG_MAP, both, configMap("{'a':'1'}"), "third", T1);

        assertThat(fieldsOf(next, "first")).isEqualTo("{'f:data':{'.':{},'f:a':{}}}");
        assertThat(fieldsOf(next, "second")).isEqualTo("null");
        assertThat(fieldsOf(next, "third")).isEqualTo("null");
    }

    @Test
    void nothingChangedKeepsEveryEntryAndTime() {
        ObjectNode live = update(CONFIG_MAP, null, configMap("{'a':'1'}"), "first", T0);

        ObjectNode next = update(CONFIG_MAP, live, configMap("{'a':'1'}"), "second", T1);

        assertThat(next.at("/metadata/managedFields")).isEqualTo(live.at("/metadata/managedFields"));
    }

    @Test
    void statusThroughItsSubresourceIsAnEntryOfItsOwnAndResetFieldsAreIgnored() {
        ObjectNode live =
                json("{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'a'},'spec':{'replicas':1}}");
        live = update(DEPLOYMENT, null, live, "kubectl", T0);
        ObjectNode next = live.deepCopy();
        next.putObject("status").put("replicas", 1);
        ((ObjectNode) next.get("spec")).put("replicas", 7);

        FieldManager.update(
                DEPLOYMENT,
                live,
                next,
                new ManagerInfo("controller", ManagerInfo.UPDATE, "apps/v1", "status"),
                Set.of(FieldPath.of("spec")),
                T1);

        assertThat(fieldsOf(next, "kubectl")).isEqualTo("{'f:spec':{'f:replicas':{}}}");
        assertThat(text(next.at("/metadata/managedFields/1")))
                .isEqualTo("{'manager':'controller','operation':'Update','apiVersion':'apps/v1',"
                        + "'time':'2026-01-01T00:01:00Z','fieldsType':'FieldsV1',"
                        + "'fieldsV1':{'f:status':{'f:replicas':{}}},'subresource':'status'}");
    }

    @Test
    void anObjectThatNobodyTrackedStaysUntracked() {
        ObjectNode live = stored(configMap("{'a':'1'}"));

        ObjectNode next = update(CONFIG_MAP, live, configMap("{'a':'2'}"), "someone", T1);

        assertThat(next.at("/metadata/managedFields").isMissingNode()).isTrue();
    }

    @Test
    void anEmptyListOrEntryForgetsAllOwners() {
        ObjectNode live = update(CONFIG_MAP, null, configMap("{'a':'1'}"), "first", T0);
        for (String reset : new String[] {"[]", "[{}]"}) {
            ObjectNode next = json("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a','managedFields':"
                    + reset + "},'data':{'a':'2'}}");
            assertThat(update(CONFIG_MAP, live, next, "second", T1)
                            .at("/metadata/managedFields")
                            .isMissingNode())
                    .as(reset)
                    .isTrue();
        }
    }

    @Test
    void invalidManagedFieldsFromAClientAreIgnoredAndValidOnesTaken() {
        ObjectNode live = update(CONFIG_MAP, null, configMap("{'a':'1'}"), "first", T0);
        for (String bad : new String[] {
            "[{'manager':'x','operation':'Smash','apiVersion':'v1','fieldsType':'FieldsV1','fieldsV1':{}}]",
            "[{'manager':'x','operation':'Update','apiVersion':'v1','fieldsType':'FieldsV9','fieldsV1':{}}]",
            "[{'manager':'x','operation':'Update','apiVersion':'v1','fieldsType':'FieldsV1','fieldsV1':{'k:{':{}}}]",
            "[{'manager':'x','operation':'Update','apiVersion':'v1','time':'soon','fieldsType':'FieldsV1','fieldsV1':{}}]",
            "[7]",
            "{}",
        }) {
            ObjectNode next = configMap("{'a':'1'}");
            ((ObjectNode) next.get("metadata"))
                    .set("managedFields", json("{'x':" + bad + "}").get("x"));
            assertThat(fieldsOf(update(CONFIG_MAP, live, next, "second", T1), "first"))
                    .as(bad)
                    .isEqualTo("{'f:data':{'.':{},'f:a':{}}}");
        }
        ObjectNode renamed = configMap("{'a':'1'}");
        ArrayNode entries = ((ObjectNode) renamed.get("metadata")).putArray("managedFields");
        entries.add(json("{'manager':'new','operation':'Update','apiVersion':'v1','fieldsType':'FieldsV1',"
                + "'fieldsV1':{'f:data':{'f:b':{},'f:a':{}}}}"));

        ObjectNode next = update(CONFIG_MAP, live, renamed, "second", T1);

        assertThat(fieldsOf(next, "new")).isEqualTo("{'f:data':{'f:a':{},'f:b':{}}}");
        assertThat(fieldsOf(next, "first")).isEqualTo("null");
    }

    @Test
    void moreThanTenUpdatersAreMergedOldestFirst() {
        ObjectNode live = update(CONFIG_MAP, null, configMap("{}"), "creator", T0);
        ObjectNode data = configMap("{}");
        for (int i = 0; i < 12; i++) {
            ((ObjectNode) data.get("data")).put("k" + i, "v");
            live = update(CONFIG_MAP, live, data.deepCopy(), "m" + i, T0.plusSeconds(i));
        }

        assertThat(live.at("/metadata/managedFields")).hasSize(10);
        assertThat(fieldsOf(live, "ancient-changes")).isEqualTo("{'f:data':{'.':{},'f:k0':{},'f:k1':{},'f:k2':{}}}");
        assertThat(fieldsOf(live, "m11")).isEqualTo("{'f:data':{'f:k11':{}}}");
    }

    @Test
    void repeatedItemsAreOwnedTogether() {
        String pod =
                "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a'},'spec':{'containers':[{'name':'a','env':[%s]}]}}";
        ObjectNode live = update(
                Kinds.POD, null, json(pod.formatted("{'name':'X','value':'1'},{'name':'X','value':'2'}")), "a", T0);
        assertThat(fieldsOf(live, "a")).contains("'k:{\\'name\\':\\'X\\'}':{}");

        ObjectNode next = update(
                Kinds.POD, live, json(pod.formatted("{'name':'X','value':'1'},{'name':'X','value':'3'}")), "b", T1);

        assertThat(fieldsOf(next, "b"))
                .isEqualTo(
                        "{'f:spec':{'f:containers':{'k:{\\'name\\':\\'a\\'}':{'f:env':{'k:{\\'name\\':\\'X\\'}':{}}}}}}");
    }
}
