package io.kubespring.apiserver.registry;

import static io.kubespring.apiserver.TestServer.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a writer may expect of the object: uid, resourceVersion, name and namespace, in upstream's words. */
class PreconditionsTest {

    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/default/leases";

    @AutoClose
    private static final TestServer server = new TestServer();

    private static String made(String name) {
        return server.post(MAPS, "{'metadata':{'name':'" + name + "'}}")
                .at("/metadata/uid")
                .asString();
    }

    @Test
    void aPutOfAnotherUidIsAConflict() {
        String uid = made("uid");
        var reply = server.put(MAPS + "/uid", "{'metadata':{'name':'uid','uid':'another'}}");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.message())
                .isEqualTo("Operation cannot be fulfilled on configmaps \"uid\": StorageError: invalid object, Code: 4,"
                        + " Key: /registry/configmaps/default/uid, ResourceVersion: 0, AdditionalErrorMsg:"
                        + " Precondition failed: UID in precondition: another, UID in object meta: " + uid);
    }

    @Test
    void aPatchOfTheUidIsInvalid() {
        made("patched");
        var reply = server.patch(MAPS + "/patched", "merge", "{'metadata':{'uid':'another'}}");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.message())
                .isEqualTo("ConfigMap \"patched\" is invalid: metadata.uid: Invalid value: \"another\": field is "
                        + "immutable");
    }

    @Test
    void aPutThatWouldCreateAnObjectOfAUidIsAConflict() {
        var reply = server.put(LEASES + "/none", "{'metadata':{'name':'none','uid':'u'},'spec':{}}");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.message()).endsWith("UID in precondition: u, UID in object meta: ");
    }

    @Test
    void anApplyThatWouldCreateAnObjectOfAUidIsAConflict() {
        var reply = server.apply(
                MAPS + "/none?fieldManager=m",
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'none','uid':'u'}}");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.message())
                .isEqualTo("Operation cannot be fulfilled on configmaps \"none\": uid mismatch: the provided object "
                        + "specified uid u, and no existing object was found");
    }

    @Test
    void aPatchMayNameTheVersionItIsMeantFor() {
        made("versioned");
        var reply = server.patch(MAPS + "/versioned", "merge", "{'metadata':{'resourceVersion':'1'},'data':{'a':'b'}}");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.message())
                .isEqualTo("Operation cannot be fulfilled on configmaps \"versioned\": the object has been modified; "
                        + "please apply your changes to the latest version and try again");
    }

    @Test
    void kindsThatAreNeverOverwrittenBlindlyNeedAVersion() {
        server.put(LEASES + "/blind", "{'metadata':{'name':'blind'},'spec':{}}");
        var reply = server.put(LEASES + "/blind", "{'metadata':{'name':'blind'},'spec':{'holderIdentity':'x'}}");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.message())
                .isEqualTo("leases.coordination.k8s.io \"blind\" is invalid: metadata.resourceVersion: Invalid value: "
                        + "0: must be specified for an update");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'metadata':{}} | the name of the object (named based on URL) was undeterminable: name must be"
                        + " provided",
                "{'metadata':{'name':'x'}} | the name of the object (x) does not match the name on the URL (named)",
                "{'metadata':{'name':'named','namespace':'x'}} | the namespace of the provided object does not match"
                        + " the namespace sent on the request",
            })
    void thePathSaysWhichObject(String body, String message) {
        made("named");
        var reply = server.put(MAPS + "/named", body.replace("default.", "default"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).isEqualTo(message);
        server.delete(MAPS + "/named");
    }

    @Test
    void aPatchCannotRename() {
        made("renamed");
        var name = server.patch(MAPS + "/renamed", "merge", "{'metadata':{'name':'x'}}");
        assertThat(name.status()).isEqualTo(400);
        assertThat(name.message()).isEqualTo("the name of the object (x) does not match the name on the URL (renamed)");
        assertThat(server.patch(MAPS + "/renamed", "merge", "{'metadata':{'namespace':'x'}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aNamespaceIsTakenOffWhatLivesInNone() {
        var reply = server.post(
                "/apis/storage.k8s.io/v1/storageclasses",
                "{'metadata':{'name':'s','namespace':'default'},'provisioner':'p'}");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.at("/metadata").has("namespace")).isFalse();
    }
}
