package io.kubespring.apiserver.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.TestServer.Reply;
import io.kubespring.apiserver.kinds.Covers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What kinds of the cluster's platform do beyond the contract of all kinds. */
class PlatformKindsTest {

    /** Made by openssl for /O=testers/CN=alice. */
    private static final String REQUEST =
            "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIZE1JR0VBZ0VBTUNJeEVEQU9CZ05WQkFv"
                    + "TUIzUmxjM1JsY25NeERqQU1CZ05WQkFNTUJXRnNhV05sTUZrdwpFd1lIS29aSXpqMENBUVlJS29aSXpqMERB"
                    + "UWNEUWdBRUZpa05FWkpJYkNiN0tCT0J5Ry9iNFpoeG1wR3g1bkFTClZjbEFMMFlMT3Q2YzYyMmNKQzRhSkx4"
                    + "dGo0ekJrNzNIekFWNTYwc0xhVXRUd0FpbjdTWFBPcUFBTUFvR0NDcUcKU000OUJBTUNBMGdBTUVVQ0lRQ0d6"
                    + "Z3RCL1Z1ZXJ6ckJDVVlnUEd5Y1ZhZG5JOWlwU0tCRVNQd3hRWmM4UUFJZwpHNTRFMFJ0VFdsVGhMcHFTbG1p"
                    + "UTVpdlZmUnJ6Y29nVFJOTjgyelIwaCtRPQotLS0tLUVORCBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0K";

    @AutoClose
    private static final TestServer server = new TestServer();

    private static Reply post(String path, String manifest) {
        return server.post(path, manifest.replace('\'', '"'));
    }

    @Test
    void aNewIngressIsWarnedOfTheOldAnnotation() {
        String ingress = "{'apiVersion':'networking.k8s.io/v1','kind':'Ingress','metadata':{'name':'old','annotations':"
                + "{'kubernetes.io/ingress.class':'nginx'}},'spec':{%s'defaultBackend':{'service':{'name':'a','port':"
                + "{'number':80}}}}}";
        String path = "/apis/networking.k8s.io/v1/namespaces/default/ingresses";
        assertThat(post(path, ingress.formatted("")).warnings())
                .containsExactly("299 - \"annotation \\\"kubernetes.io/ingress.class\\\" is deprecated, please use"
                        + " 'spec.ingressClassName' instead\"");
        assertThat(post(
                                path + "?dryRun=All",
                                ingress.replace("'old'", "'new'").formatted("'ingressClassName':'nginx',"))
                        .warnings())
                .isEmpty();
    }

    @Test
    void anApiServiceOfTheServerItselfIsAvailableAndItsStatusWritesNothingElse() {
        String path = "/apis/apiregistration.k8s.io/v1/apiservices";
        Reply made = post(
                path,
                "{'apiVersion':'apiregistration.k8s.io/v1','kind':'APIService','metadata':{'name':"
                        + "'v1.local.example'},'spec':{'group':'local.example','version':'v1','groupPriorityMinimum':1,"
                        + "'versionPriority':1}}");
        assertThat(made.at("/status/conditions/0/reason").asString()).isEqualTo("Local");
        assertThat(made.at("/status/conditions/0/status").asString()).isEqualTo("True");
        Reply patched = server.patch(
                path + "/v1.local.example/status",
                "merge",
                "{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"status\":{\"conditions\":[]}}");
        assertThat(patched.status()).as(patched.text()).isEqualTo(200);
        assertThat(patched.at("/metadata/labels").isMissingNode()).isTrue();
        assertThat(patched.at("/status/conditions/0").isMissingNode()).isTrue();
    }

    @Test
    @Covers(resource = "certificates.k8s.io/certificatesigningrequests", subresource = "approval")
    void aRequestForACertificateIsApprovedThenSignedAndNothingElseOfItChanges() {
        String path = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
        Reply made = post(
                path,
                "{'apiVersion':'certificates.k8s.io/v1','kind':'CertificateSigningRequest','metadata':"
                        + "{'name':'alice'},'spec':{'request':'" + REQUEST + "','signerName':'example.com/a','usages':"
                        + "['client auth']},'status':{'conditions':[{'type':'Approved','status':'True'}]}}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.at("/status/conditions/0").isMissingNode()).isTrue();
        String approval = "{\"spec\":{\"signerName\":\"b.example/b\"},\"status\":{\"conditions\":[{\"type\":\"%s\","
                + "\"status\":\"True\",\"reason\":\"Because\"}]}}";
        Reply through = server.patch(path + "/alice/status", "merge", approval.formatted("Approved"));
        assertThat(through.message())
                .endsWith("status.conditions: Forbidden: updates may not add a condition of type \"Approved\"");
        Reply approved = server.patch(path + "/alice/approval", "merge", approval.formatted("Approved"));
        assertThat(approved.status()).as(approved.text()).isEqualTo(200);
        assertThat(approved.at("/spec/signerName").asString()).isEqualTo("example.com/a");
        assertThat(approved.at("/status/conditions/0/lastUpdateTime").asString())
                .isNotEmpty();
        Reply denied = server.patch(path + "/alice/approval", "merge", approval.formatted("Denied"));
        assertThat(denied.message()).contains("updates may not remove a condition of type \"Approved\"");
        Reply changed = server.patch(path + "/alice", "merge", "{\"spec\":{\"signerName\":\"b.example/b\"}}");
        assertThat(changed.at("/spec/signerName").asString()).isEqualTo("example.com/a");
        assertThat(server.get(path + "/alice/approval")
                        .at("/status/conditions/0/type")
                        .asString())
                .isEqualTo("Approved");
    }

    @Test
    void theTaintOfADeviceSaysSinceWhen() {
        Reply made = post(
                "/apis/resource.k8s.io/v1/resourceslices",
                "{'apiVersion':'resource.k8s.io/v1','kind':'ResourceSlice','metadata':{'name':'tainted'},'spec':{'driver':"
                        + "'example.com','allNodes':true,'pool':{'name':'a','generation':1,'resourceSliceCount':1},'devices':"
                        + "[{'name':'b','taints':[{'key':'k','effect':'NoSchedule'}]}]}}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.at("/spec/devices/0/taints/0/timeAdded").asString()).isNotEmpty();
        assertThat(made.at("/metadata/generation").asInt()).isEqualTo(1);
    }

    @Test
    void devicesThatOthersUseAreForLabelledNamespaces() {
        post(
                "/api/v1/namespaces",
                "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'admins','labels':"
                        + "{'resource.kubernetes.io/admin-access':'true'}}}");
        String claim =
                "{'apiVersion':'resource.k8s.io/v1','kind':'ResourceClaim','metadata':{'name':'watching'},'spec':"
                        + "{'devices':{'requests':[{'name':'a','exactly':{'deviceClassName':'b','adminAccess':true}}]}}}";
        assertThat(post("/apis/resource.k8s.io/v1/namespaces/admins/resourceclaims", claim)
                        .status())
                .isEqualTo(201);
        assertThat(post("/apis/resource.k8s.io/v1/namespaces/default/resourceclaims", claim)
                        .status())
                .isEqualTo(422);
    }
}
