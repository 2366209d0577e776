package io.kubespring.apiserver.registry;

import static io.kubespring.apiserver.TestServer.DEPLOYMENTS;
import static io.kubespring.apiserver.TestServer.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** POST: system fields, names, defaults, field validation. */
class CreateTest {

    private static final Map<String, String> YAML = Map.of("content-type", "application/yaml");
    private static final String DEPLOYMENT = """
        {'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'%s'},'spec':{'selector':{'matchLabels':\
        {'app':'w'}},'template':{'metadata':{'labels':{'app':'w'}},'spec':{'containers':[{'name':'c','image':'i'\
        }]}}%s}}\
        """;

    @AutoClose
    private static final TestServer server = new TestServer();

    @Test
    void systemFieldsAreTheServers() {
        var reply = server.post(
                MAPS,
                "{'metadata':{'name':'system','uid':'mine','creationTimestamp':'2001-01-01T00:00:00Z',"
                        + "'deletionTimestamp':'2001-01-01T00:00:00Z','generation':7,'selfLink':'/x'},'data':{'a':'b'}}");
        assertThat(reply.status()).isEqualTo(201);
        var metadata = reply.at("/metadata");
        assertThat(metadata.path("uid").asString()).isNotEqualTo("mine").hasSize(36);
        assertThat(metadata.path("creationTimestamp").asString()).doesNotStartWith("2001");
        assertThat(metadata.path("resourceVersion").asString()).matches("[0-9]+");
        assertThat(metadata.has("deletionTimestamp")).isFalse();
        assertThat(metadata.has("selfLink")).isFalse();
        assertThat(reply.at("/kind").asString()).isEqualTo("ConfigMap");
        assertThat(reply.at("/apiVersion").asString()).isEqualTo("v1");
    }

    @Test
    void whatIsThereAlreadyIsAConflict() {
        server.post(MAPS, "{'metadata':{'name':'twice'}}");
        var reply = server.post(MAPS, "{'metadata':{'name':'twice'}}");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.at("/reason").asString()).isEqualTo("AlreadyExists");
        assertThat(reply.message()).isEqualTo("configmaps \"twice\" already exists");
    }

    @Test
    void namesAreGenerated() {
        var first = server.post(MAPS, "{'metadata':{'generateName':'made-'}}");
        var second = server.post(MAPS, "{'metadata':{'generateName':'made-'}}");
        assertThat(first.at("/metadata/name").asString()).matches("made-[a-z0-9]{5}");
        assertThat(second.at("/metadata/name").asString())
                .isNotEqualTo(first.at("/metadata/name").asString());
    }

    @Test
    void aNameIsRequired() {
        var reply = server.post(MAPS, "{'metadata':{}}");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.message())
                .isEqualTo(
                        "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required");
    }

    @Test
    void aResourceVersionIsRefused() {
        var reply = server.post(MAPS, "{'metadata':{'name':'v','resourceVersion':'5'}}");
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.message()).isEqualTo("resourceVersion should not be set on objects to be created");
    }

    @Test
    void anotherNamespaceIsRefused() {
        var reply = server.post(MAPS, "{'metadata':{'name':'n','namespace':'elsewhere'}}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message())
                .isEqualTo("the namespace of the provided object does not match the namespace sent on the request");
    }

    @Test
    void anotherKindOrVersionIsRefused() {
        assertThat(server.post(MAPS, "{'kind':'Secret','apiVersion':'v1','metadata':{'name':'k'}}")
                        .message())
                .isEqualTo("Secret in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Secret) to"
                        + " (core.ConfigMap): unknown conversion");
        assertThat(server.post(MAPS, "{'kind':'ConfigMap','apiVersion':'v2','metadata':{'name':'k'}}")
                        .message())
                .isEqualTo("ConfigMap in version \"v2\" cannot be handled as a ConfigMap: no kind \"ConfigMap\" is"
                        + " registered for version \"v2\" in scheme \"pkg/runtime/scheme.go:111\"");
    }

    @Test
    void defaultsAreFilledInAndGenerationStartsAtOne() {
        var reply = server.post(DEPLOYMENTS, DEPLOYMENT.formatted("defaulted", ""));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(reply.at("/spec/strategy/type").asString()).isEqualTo("RollingUpdate");
        assertThat(reply.at("/metadata/generation").asInt()).isEqualTo(1);
    }

    @Test
    void statusIsNotTheClients() {
        var reply = server.post(
                DEPLOYMENTS,
                DEPLOYMENT
                        .formatted("stateless", "")
                        .replace("'spec':{'selector'", "'status':{'replicas':9},'spec':{'selector'"));
        assertThat(reply.at("/status/replicas").isMissingNode()).isTrue();
    }

    @Test
    void unknownFieldsAreRefusedWarnedOfOrIgnored() {
        String unknown = DEPLOYMENT.formatted("u1", ",'foo':1,'replicas':1");
        var strict = server.post(DEPLOYMENTS + "?fieldValidation=Strict", unknown);
        assertThat(strict.status()).isEqualTo(400);
        assertThat(strict.message())
                .isEqualTo("Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding error: "
                        + "unknown field \"spec.foo\"");
        var warned = server.post(DEPLOYMENTS, unknown);
        assertThat(warned.status()).isEqualTo(201);
        assertThat(warned.warnings()).containsExactly("299 - \"unknown field \\\"spec.foo\\\"\"");
        assertThat(warned.at("/spec/foo").isMissingNode()).isTrue();
        var ignored = server.post(DEPLOYMENTS + "?fieldValidation=Ignore", unknown.replace("'u1'", "'u2'"));
        assertThat(ignored.status()).isEqualTo(201);
        assertThat(ignored.warnings()).isEmpty();
    }

    @Test
    void duplicateFieldsAreUnderTheSameRule() {
        String twice = "{'metadata':{'name':'d'},'data':{'a':'1'},'data':{'a':'2'}}";
        assertThat(server.post(MAPS + "?fieldValidation=Strict", twice).message())
                .endsWith("strict decoding error: duplicate field \"data\"");
        assertThat(server.post(MAPS, twice).at("/data/a").asString()).isEqualTo("2");
    }

    @Test
    void duplicateKeysOfYamlAreToldByTheirLine() {
        String twice = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: lines}
            data:
              a: "1"
              a: "2"
            nothing: 1
            """;
        assertThat(server.call("POST", MAPS + "?fieldValidation=Strict", twice, YAML)
                        .message())
                .endsWith("strict decoding error: yaml: unmarshal errors:\n  line 6: key \"a\" already set in map, "
                        + "unknown field \"nothing\"");
        var warned = server.call("POST", MAPS, twice, YAML);
        assertThat(warned.status()).isEqualTo(201);
        assertThat(warned.warnings())
                .containsExactly(
                        "299 - \"line 6: key \\\"a\\\" already set in map\"",
                        "299 - \"unknown field \\\"nothing\\\"\"");
    }

    @Test
    void onlyTheFirstDocumentOfYamlIsRead() {
        String two = "kind: ConfigMap\nmetadata: {name: first}\n---\nkind: ConfigMap\nmetadata: {name: second}\n";
        assertThat(server.call("POST", MAPS, two, YAML).status()).isEqualTo(201);
        assertThat(server.get(MAPS + "/second").status()).isEqualTo(404);
    }

    @Test
    void wrongTypesAreBadRequests() {
        var reply = server.post(DEPLOYMENTS, DEPLOYMENT.formatted("w", ",'replicas':'three'"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).contains("cannot be handled as a Deployment", "spec.replicas");
    }

    @Test
    void garbageIsABadRequest() {
        assertThat(server.post(MAPS, "{'metadata'").status()).isEqualTo(400);
        assertThat(server.post(MAPS, "").status()).isEqualTo(400);
        assertThat(server.post(MAPS, "[]").status()).isEqualTo(400);
    }

    @Test
    void yamlIsReadAndWritten() {
        var reply = server.call(
                "POST",
                MAPS,
                "metadata: {name: yaml}\ndata: {a: b}\n",
                Map.of("content-type", "application/yaml", "accept", "application/yaml"));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text()).contains("kind: ConfigMap", "  name: yaml", "  a: b");
    }

    @Test
    void aDryRunStoresNothing() {
        var reply = server.post(MAPS + "?dryRun=All", "{'metadata':{'name':'dry'}}");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.at("/metadata/uid").asString()).isNotEmpty();
        assertThat(server.get(MAPS + "/dry").status()).isEqualTo(404);
        server.post(MAPS, "{'metadata':{'name':'dry'}}");
        assertThat(server.post(MAPS + "?dryRun=All", "{'metadata':{'name':'dry'}}")
                        .status())
                .isEqualTo(409);
        assertThat(server.post(MAPS + "?dryRun=Some", "{'metadata':{'name':'dry2'}}")
                        .message())
                .isEqualTo(
                        "CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: [\"Some\"]: supported "
                                + "values: \"All\"");
    }

    @Test
    void theFirstManagerIsTheUserAgentsName() {
        var reply = server.post(MAPS, "{'metadata':{'name':'managed'},'data':{'a':'b'}}");
        assertThat(reply.at("/metadata/managedFields/0/manager").asString()).isEqualTo("test");
        assertThat(reply.at("/metadata/managedFields/0/operation").asString()).isEqualTo("Update");
    }

    @Test
    void aMissingNamespaceIsNotFound() {
        var reply = server.post("/api/v1/namespaces/nowhere/configmaps", "{'metadata':{'name':'a'}}");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.message()).isEqualTo("namespaces \"nowhere\" not found");
    }
}
