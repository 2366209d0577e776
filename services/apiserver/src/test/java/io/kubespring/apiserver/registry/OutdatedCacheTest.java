package io.kubespring.apiserver.registry;

import static io.kubespring.apiserver.TestServer.MAPS;
import static io.kubespring.apiserver.TestServer.NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.TestServer.Reply;
import io.kubespring.storage.memory.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes begin with what the watch cache has, and no client can tell when that is outdated. */
class OutdatedCacheTest {

    private static final String MAP = MAPS + "/m";
    private static final String KEY = "/registry/configmaps/default/m";

    private final LateStore store = new LateStore(MemoryStore.create(SystemTime.instance()));
    private final TestServer server = TestServer.over(store);
    private Reply made;

    @BeforeEach
    void make() {
        made = server.post(MAPS, "{'metadata':{'name':'m'},'data':{'a':'1'}}");
        server.get(MAP); // the cache has it
        store.reads.clear();
    }

    @AfterEach
    void close() {
        store.release();
        server.close();
    }

    /** The cache has a=1, the store has a=2. */
    private Reply outdate() {
        store.hold();
        return server.patch(MAP, "merge", "{'data':{'a':'2'}}");
    }

    private static String version(Reply reply) {
        return reply.at("/metadata/resourceVersion").asString();
    }

    private Reply now() {
        store.release();
        return server.get(MAP);
    }

    @Test
    void whatTheCacheHasIsChangedAndDeletedWithoutAReadOfTheStore() {
        assertThat(server.patch(MAP, "merge", "{'data':{'b':'1'}}").status()).isEqualTo(200);
        server.get(MAP);
        assertThat(server.put(MAP, "{'metadata':{'name':'m'},'data':{'c':'1'}}").status())
                .isEqualTo(200);
        server.get(MAP);
        assertThat(server.apply(MAP + "?fieldManager=f", "{'apiVersion':'v1','kind':'ConfigMap','data':{'d':'1'}}")
                        .status())
                .isEqualTo(200);
        server.get(MAP);
        assertThat(server.delete(MAP).status()).isEqualTo(200);
        assertThat(store.reads).isEmpty();
    }

    @Test
    void aPatchOfAnOutdatedObjectLosesNothing() {
        outdate();
        Reply patched = server.patch(MAP, "merge", "{'data':{'b':'1'}}");
        assertThat(patched.at("/data").toString()).isEqualTo("{\"a\":\"2\",\"b\":\"1\"}");
        assertThat(now().json()).isEqualTo(patched.json());
    }

    @Test
    void thePutOfTheNewestVersionIsTakenThoughTheCacheIsBehind() {
        Reply newest = outdate();
        Reply put = server.put(
                MAP, "{'metadata':{'name':'m','resourceVersion':'" + version(newest) + "'},'data':{'a':'3'}}");
        assertThat(put.status()).isEqualTo(200);
        assertThat(now().at("/data/a").asString()).isEqualTo("3");
    }

    @Test
    void thePutOfTheCachedVersionIsAConflictOnceTheStoreHasAnother() {
        outdate();
        Reply put =
                server.put(MAP, "{'metadata':{'name':'m','resourceVersion':'" + version(made) + "'},'data':{'a':'3'}}");
        assertThat(put.status()).isEqualTo(409);
        assertThat(put.message()).contains("the object has been modified");
        assertThat(now().at("/data/a").asString()).isEqualTo("2");
    }

    @Test
    void aConflictThatHoldsIsConfirmedByOneRead() {
        Reply put = server.put(MAP, "{'metadata':{'name':'m','resourceVersion':'1'},'data':{'a':'3'}}");
        assertThat(put.status()).isEqualTo(409);
        assertThat(store.reads).containsExactly(KEY);
    }

    @Test
    void whatWouldChangeNothingInTheCacheChangesWhatTheStoreHas() {
        outdate();
        Reply back = server.patch(MAP, "merge", "{'data':{'a':'1'}}");
        assertThat(back.at("/data/a").asString()).isEqualTo("1");
        assertThat(now().at("/data/a").asString()).isEqualTo("1");
    }

    @Test
    void whatChangesNothingAnswersTheStoredVersion() {
        Reply same = server.patch(MAP, "merge", "{'data':{'a':'1'}}");
        assertThat(version(same)).isEqualTo(version(made));
        Reply newest = outdate();
        assertThat(version(server.patch(MAP, "merge", "{'data':{'a':'2'}}"))).isEqualTo(version(newest));
    }

    @Test
    void anObjectThatTheCacheStillHasIsNotFoundOnceItIsDeleted() {
        store.hold();
        assertThat(server.delete(MAP).status()).isEqualTo(200);
        assertThat(server.delete(MAP).status()).isEqualTo(404);
        assertThat(server.patch(MAP, "merge", "{'data':{'a':'1'}}").status()).isEqualTo(404);
        assertThat(server.put(MAP, "{'metadata':{'name':'m'},'data':{'b':'3'}}").status())
                .isEqualTo(404);
    }

    @Test
    void anObjectThatTheCacheHasNotYetIsChangedAndDeleted() {
        store.hold();
        server.post(MAPS, "{'metadata':{'name':'new'}}");
        assertThat(server.patch(MAPS + "/new", "merge", "{'data':{'a':'1'}}").status())
                .isEqualTo(200);
        assertThat(server.delete(MAPS + "/new").status()).isEqualTo(200);
    }

    @Test
    void whatIsForbiddenForTheOutdatedObjectIsDoneToTheOneThatTookItsPlace() {
        server.post(MAPS, "{'metadata':{'name':'fixed'},'immutable':true,'data':{'a':'1'}}");
        server.get(MAPS + "/fixed");
        store.hold();
        server.delete(MAPS + "/fixed");
        server.post(MAPS, "{'metadata':{'name':'fixed'},'data':{'a':'1'}}");
        assertThat(server.patch(MAPS + "/fixed", "merge", "{'data':{'a':'2'}}").status())
                .isEqualTo(200);
    }

    @Test
    void aDeletionThatMeansTheNewestVersionSucceedsAndOneThatMeansTheCachedDoesNot() {
        Reply newest = outdate();
        String options = "{'preconditions':{'resourceVersion':'%s'}}";
        Reply refused = server.delete(MAP, options.formatted(version(made)));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(server.delete(MAP, options.formatted(version(newest))).status())
                .isEqualTo(200);
    }

    @Test
    void aDryRunIsTriedOnWhatTheStoreHas() {
        outdate();
        Reply tried = server.patch(MAP + "?dryRun=All", "merge", "{'data':{'b':'1'}}");
        assertThat(tried.at("/data/a").asString()).isEqualTo("2");
    }

    @Test
    void aPortThatTheServiceItselfWasJustGivenIsNotRefused() {
        String services = NS + "/services";
        String ports = "'ports':[{'port':80,'protocol':'TCP','targetPort':80,'nodePort':30123}]";
        server.post(services, "{'metadata':{'name':'s'},'spec':{'ports':[{'port':80}]}}");
        server.get(services + "/s");
        store.hold();
        String change = "{'spec':{'type':'NodePort'," + ports + "}}";
        assertThat(server.patch(services + "/s", "merge", change).status()).isEqualTo(200);
        Reply again =
                server.patch(services + "/s", "merge", "{'metadata':{'labels':{'a':'b'}},'spec':{" + ports + "}}");
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        Reply whole = server.patch(services + "/s", "merge", change);
        assertThat(whole.status()).as(whole.text()).isEqualTo(200);
    }
}
