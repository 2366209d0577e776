package io.kubespring.apiserver.handlers;

import static io.kubespring.apiserver.TestServer.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.TestServer.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limit and continue: expired, inconsistent and malformed tokens, and what may stand beside one. */
class ContinueTokenTest {

    private static final String SECRETS = TestServer.NS + "/secrets";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.withAPast();
        for (int i = 0; i < 5; i++) {
            server.post(MAPS, "{'metadata':{'name':'m" + i + "'}}");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String token(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> names(Reply reply) {
        List<String> names = new ArrayList<>();
        reply.json()
                .path("items")
                .forEach(each -> names.add(each.at("/metadata/name").asString()));
        return names;
    }

    @Test
    void anExpiredTokenOffersOneThatGoesOnInconsistently() {
        for (int i = 0; i < 4; i++) {
            server.post(SECRETS, "{'metadata':{'name':'s" + i + "'}}");
        }
        var expired = server.get(
                SECRETS + "?limit=2&continue=" + token("{'v':'meta.k8s.io/v1','rv':2,'start':'default/s1'}"));
        assertThat(expired.status()).isEqualTo(410);
        assertThat(expired.at("/reason").asString()).isEqualTo("Expired");
        assertThat(expired.message())
                .isEqualTo("The provided continue parameter is too old to display a consistent list result. You can "
                        + "start a new list without the continue parameter, or use the continue token in this response "
                        + "to retrieve the remainder of the results. Continuing with the provided token results in an "
                        + "inconsistent list - objects that were created, modified, or deleted between the time the "
                        + "first chunk was returned and now may show up in the list.");
        server.post(SECRETS, "{'metadata':{'name':'s1-new'}}");
        var page = server.get(SECRETS + "?limit=2&continue="
                + expired.at("/metadata/continue").asString());
        assertThat(names(page)).containsExactly("s1", "s1-new");
        var last = server.get(
                SECRETS + "?limit=9&continue=" + page.at("/metadata/continue").asString());
        assertThat(names(last)).containsExactly("s2", "s3");
        assertThat(last.at("/metadata/resourceVersion")).isEqualTo(page.at("/metadata/resourceVersion"));
    }

    @Test
    void anExactVersionThatIsCompactedIsExpired() {
        var reply = server.get("/api/v1/replicationcontrollers?resourceVersion=1&resourceVersionMatch=Exact");
        assertThat(reply.status()).isEqualTo(410);
        assertThat(reply.message()).isEqualTo("The resourceVersion for the provided list is too old.");
        assertThat(reply.at("/metadata").has("continue")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'v':'meta.k8s.io/v1','rv':0,'start':'a'} | incorrect encoded start resourceVersion (version"
                        + " meta.k8s.io/v1)",
                "{'v':'meta.k8s.io/v1','rv':5,'start':''} | encoded start key empty (version meta.k8s.io/v1)",
                "{'v':'v9','rv':5,'start':'a'} | server does not recognize this encoded version v9",
                "{'v':'meta.k8s.io/v1','rv':5,'start':'../x'} | ../x",
                "{'v':'meta.k8s.io/v1','rv':5,'start':'a/./x'} | a/./x",
            })
    void aMalformedTokenIsABadRequest(String json, String why) {
        var reply = server.get(MAPS + "?limit=1&continue=" + token(json));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).isEqualTo("invalid continue token: continue key is not valid: " + why);
    }

    @Test
    void aTokenThatIsNoBase64IsABadRequest() {
        var reply = server.get(MAPS + "?limit=1&continue=%25%25");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).startsWith("invalid continue token: continue key is not valid: ");
    }

    @Test
    void noVersionStandsBesideAToken() {
        String token = server.get(MAPS + "?limit=1").at("/metadata/continue").asString();
        var exact = server.get(MAPS + "?limit=1&resourceVersion=3&continue=" + token);
        assertThat(exact.status()).isEqualTo(400);
        assertThat(exact.message()).isEqualTo("specifying resource version is not allowed when using continue");
        assertThat(server.get(MAPS + "?limit=1&resourceVersion=0&continue=" + token)
                        .status())
                .isEqualTo(200);
        var match = server.get(MAPS + "?limit=1&resourceVersion=0&resourceVersionMatch=NotOlderThan&continue=" + token);
        assertThat(match.status()).isEqualTo(422);
        assertThat(match.message())
                .isEqualTo("ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: "
                        + "resourceVersionMatch is forbidden when continue is provided");
    }

    @Test
    void aListOfAnyVersionIsNotLimited() {
        var reply = server.get(MAPS + "?limit=2&resourceVersion=0");
        assertThat(names(reply)).hasSize(5);
        assertThat(reply.at("/metadata").has("continue")).isFalse();
    }

    @Test
    void theLastPageSaysNothingOfARest() {
        var page = server.get(MAPS + "?limit=5");
        assertThat(names(page)).hasSize(5);
        assertThat(page.at("/metadata").propertyNames()).containsExactly("resourceVersion");
    }
}
