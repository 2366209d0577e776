package io.kubespring.apiserver.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.discovery.DiscoveryDocuments;
import io.kubespring.apiserver.documents.Document;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiDocumentsTest {

    private static final Catalog CATALOG = Catalog.builtIn();
    private static final Served SERVED = new Served(false, type -> type.plural().equals("pods"));
    private static final OpenApiDocuments DOCUMENTS = new OpenApiDocuments(CATALOG, SERVED, "v1.36.0");

    @Test
    void theIndexNamesEveryVersionWithItsHash() {
        JsonNode paths = read("/openapi/v3").path("paths");
        assertThat(paths).hasSize(22 + 20 + 5);
        assertThat(paths.has("apis/apps")).isTrue();
        assertThat(paths.has(".well-known/openid-configuration")).isTrue();
        assertThat(paths.at("/apis~1apps~1v1/serverRelativeURL").asString())
                .matches("/openapi/v3/apis/apps/v1\\?hash=[0-9A-F]{64}")
                .isEqualTo(DOCUMENTS.location("/openapi/v3/apis/apps/v1"));
        assertThat(paths.has("api/v1")).isTrue();
    }

    @Test
    void theHashIsTheDocumentsTag() {
        Document document = Objects.requireNonNull(DOCUMENTS.document("/openapi/v3/api/v1", null));
        assertThat(DOCUMENTS.location("/openapi/v3/api/v1")).endsWith("?hash=" + document.etag());
        assertThat(new OpenApiDocuments(CATALOG, SERVED, "v1.36.1").location("/openapi/v3/api/v1"))
                .isNotEqualTo(DOCUMENTS.location("/openapi/v3/api/v1"));
        assertThat(new OpenApiDocuments(CATALOG, SERVED, "v1.36.0").location("/openapi/v3/api/v1"))
                .isEqualTo(DOCUMENTS.location("/openapi/v3/api/v1"));
    }

    @Test
    void tellsClientsThatPatchesAreValidatedAndApplied() {
        JsonNode patch = read("/openapi/v3/apis/apps/v1")
                .path("paths")
                .path("/apis/apps/v1/namespaces/{namespace}/deployments/{name}")
                .path("patch");
        assertThat(patch.path("parameters")
                        .valueStream()
                        .map(each -> each.path("name").asString()))
                .containsExactly("dryRun", "fieldManager", "fieldValidation", "force");
        assertThat(patch.at("/requestBody/required").asBoolean()).isTrue();
        assertThat(patch.at("/requestBody/content").propertyNames())
                .containsExactly(
                        "application/json-patch+json",
                        "application/merge-patch+json",
                        "application/strategic-merge-patch+json",
                        "application/apply-patch+yaml");
        assertThat(patch.path("x-kubernetes-group-version-kind"))
                .hasToString("{\"group\":\"apps\",\"kind\":\"Deployment\",\"version\":\"v1\"}");
        assertThat(patch.path("operationId").asString()).isEqualTo("patchAppsV1NamespacedDeployment");
    }

    @Test
    void versionThreeHasTheDefaultsThatGoHas() {
        JsonNode deployment =
                v3("apis/apps/v1", "io.k8s.api.apps.v1.Deployment").path("properties");
        assertThat(deployment.at("/metadata/default")).hasToString("{}");
        assertThat(deployment.at("/spec/default")).hasToString("{}");
        assertThat(deployment.at("/kind").has("default")).isFalse();
        JsonNode container = v3("api/v1", "io.k8s.api.core.v1.Container").path("properties");
        assertThat(container.at("/name/default")).hasToString("\"\"");
        assertThat(container.at("/command/items/default")).hasToString("\"\"");
        assertThat(container.at("/ports/items/default")).hasToString("{}");
        assertThat(container.at("/image").has("default")).isFalse();
        JsonNode requirements =
                v3("api/v1", "io.k8s.api.core.v1.ResourceRequirements").path("properties");
        assertThat(requirements.at("/limits/additionalProperties").has("default"))
                .isFalse();
        assertThat(v3("api/v1", "io.k8s.api.core.v1.ServicePort").at("/properties/port/default"))
                .hasToString("0");
    }

    @Test
    void versionThreeSaysOfSharedKindsWhatTheyAreHere() {
        assertThat(v3("apis/apps/v1", "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions")
                        .path("x-kubernetes-group-version-kind"))
                .hasToString("[{\"group\":\"\",\"kind\":\"DeleteOptions\",\"version\":\"v1\"},"
                        + "{\"group\":\"apps\",\"kind\":\"DeleteOptions\",\"version\":\"v1\"}]");
    }

    @Test
    void describesHowListsMerge() {
        JsonNode containers = v3("api/v1", "io.k8s.api.core.v1.PodSpec").at("/properties/containers");
        assertThat(containers.path("x-kubernetes-list-type").asString()).isEqualTo("map");
        assertThat(containers.path("x-kubernetes-list-map-keys")).hasToString("[\"name\"]");
        assertThat(containers.path("x-kubernetes-patch-merge-key").asString()).isEqualTo("name");
        assertThat(containers.at("/items/allOf/0/$ref").asString())
                .isEqualTo("#/components/schemas/io.k8s.api.core.v1.Container");
        JsonNode strategy =
                v3("apis/apps/v1", "io.k8s.api.apps.v1.DeploymentSpec").at("/properties/strategy");
        assertThat(strategy.path("x-kubernetes-patch-strategy").asString()).isEqualTo("retainKeys");
        assertThat(strategy.at("/allOf/0/$ref").asString())
                .isEqualTo("#/components/schemas/io.k8s.api.apps.v1.DeploymentStrategy");
    }

    @Test
    void describesFieldsDefaultsAndValues() {
        JsonNode protocol = v3("api/v1", "io.k8s.api.core.v1.ContainerPort").at("/properties/protocol");
        assertThat(protocol.path("default").asString()).isEqualTo("TCP");
        assertThat(protocol.path("enum")).hasToString("[\"SCTP\",\"TCP\",\"UDP\"]");
        assertThat(protocol.path("description").asString()).isNotEmpty();
    }

    @Test
    void somethingCanBeOfTwoTypes() {
        assertThat(v3("api/v1", "io.k8s.apimachinery.pkg.api.resource.Quantity").path("oneOf"))
                .hasToString("[{\"type\":\"string\"},{\"type\":\"number\"}]");
        assertThat(v3("api/v1", "io.k8s.apimachinery.pkg.util.intstr.IntOrString")
                        .path("format")
                        .asString())
                .isEqualTo("int-or-string");
    }

    @Test
    void namesConnectionsAndSubresources() {
        JsonNode paths = read("/openapi/v3/api/v1").path("paths");
        String pod = "/api/v1/namespaces/{namespace}/pods/{name}";
        assertThat(paths.path(pod + "/exec").path("get").path("operationId").asString())
                .isEqualTo("connectCoreV1GetNamespacedPodExec");
        assertThat(paths.path(pod + "/proxy/{path}")
                        .path("put")
                        .path("operationId")
                        .asString())
                .isEqualTo("connectCoreV1PutNamespacedPodProxyWithPath");
        assertThat(paths.path(pod + "/eviction")
                        .at("/post/x-kubernetes-group-version-kind/group")
                        .asString())
                .isEqualTo("policy");
        assertThat(paths.path("/api/v1/pods").at("/get/operationId").asString())
                .isEqualTo("listCoreV1PodForAllNamespaces");
        assertThat(paths.path("/api/v1/nodes").at("/delete/operationId").asString())
                .isEqualTo("deleteCoreV1CollectionNode");
    }

    @Test
    void everyReferenceResolvesInEveryDocument() {
        for (String group : CATALOG.groups()) {
            for (String version : CATALOG.versions(group)) {
                String path = "/openapi/v3/" + (group.isEmpty() ? "api/" : "apis/" + group + "/") + version;
                assertResolves(read(path), read(path).at("/components/schemas"), "#/components/schemas/");
            }
        }
        JsonNode v2 = read("/openapi/v2");
        assertResolves(v2.path("definitions"), v2.path("definitions"), "#/definitions/");
        v2.path("paths").findValues("schema").forEach(each -> {
            assertResolves(each, v2.path("definitions"), "#/definitions/");
        });
        v2.path("paths")
                .findValues("parameters")
                .forEach(list -> list.forEach(each -> {
                    String reference = each.path("$ref").asString("");
                    assertThat(reference.isEmpty()
                                    || v2.at(reference.substring(1)).isObject())
                            .as(reference)
                            .isTrue();
                }));
    }

    @Test
    void everyKindAndEveryFieldIsExplained() {
        JsonNode definitions = read("/openapi/v2").path("definitions");
        Set<String> silent = new TreeSet<>();
        definitions.properties().forEach(definition -> {
            if (definition.getValue().path("description").asString("").isEmpty()) {
                silent.add(definition.getKey());
            }
            definition.getValue().path("properties").properties().forEach(field -> {
                if (field.getValue().path("description").asString("").isEmpty()) {
                    silent.add(definition.getKey() + "." + field.getKey());
                }
                if (!field.getValue().has("type") && !field.getValue().has("$ref")) {
                    silent.add(definition.getKey() + "." + field.getKey() + " has no type");
                }
            });
        });
        assertThat(silent).as("what kubectl explain has nothing to say of").isEmpty();
    }

    /** As kubectl explain does: from discovery to the document of the group-version, and there to the kind. */
    @Test
    void everyResourceOfDiscoveryIsFoundByItsKind() {
        var discovery = new DiscoveryDocuments(CATALOG, "10.0.0.1:6443");
        int found = 0;
        for (String root : List.of("api", "apis")) {
            Document list = Objects.requireNonNull(discovery.aggregated("/" + root));
            for (JsonNode group : Json.readObject(list.body()).path("items")) {
                String name = group.at("/metadata/name").asString("");
                for (JsonNode version : group.path("versions")) {
                    String text = version.path("version").asString();
                    Set<String> kinds = kinds("/openapi/v3/" + root + (name.isEmpty() ? "/" : "/" + name + "/") + text);
                    for (JsonNode resource : version.path("resources")) {
                        assertThat(kinds)
                                .contains(name + "/" + text + "/"
                                        + resource.at("/responseKind/kind").asString());
                        found++;
                    }
                }
            }
        }
        assertThat(found).isGreaterThan(60);
    }

    private static Set<String> kinds(String path) {
        Set<String> kinds = new HashSet<>();
        for (JsonNode schema : read(path).at("/components/schemas")) {
            for (JsonNode kind : schema.path("x-kubernetes-group-version-kind")) {
                kinds.add(kind.path("group").asString() + "/"
                        + kind.path("version").asString() + "/"
                        + kind.path("kind").asString());
            }
        }
        return kinds;
    }

    @Test
    void everyVerbOfTheCatalogIsAnOperation() {
        JsonNode paths = read("/openapi/v2").path("paths");
        Set<String> described = new HashSet<>();
        paths.properties()
                .forEach(path -> path.getValue().forEach(operation -> {
                    if (operation.has("x-kubernetes-action")) {
                        described.add(path.getKey() + " "
                                + operation.path("x-kubernetes-action").asString());
                    }
                }));
        for (ResourceType each : CATALOG.all()) {
            String root = (each.kind().group().isEmpty() ? "/api/" : "/apis/") + each.apiVersion();
            String collection = root + (each.namespaced() ? "/namespaces/{namespace}/" : "/") + each.plural();
            for (String verb : each.verbs()) {
                String expected = switch (verb) {
                    case "create" -> collection + " post";
                    case "list", "deletecollection" -> collection + " " + verb;
                    case "update" -> collection + "/{name} put";
                    case "watch" -> collection + " list";
                    default -> collection + "/{name} " + verb;
                };
                assertThat(described).contains(expected);
            }
            each.subresources()
                    .forEach(sub -> assertThat(paths.path(collection + "/{name}/" + sub.name()))
                            .hasSizeGreaterThan(sub.verbs().size()));
        }
    }

    @Test
    void olderClientsReadVersionTwo() {
        JsonNode v2 = read("/openapi/v2");
        assertThat(v2.path("swagger").asString()).isEqualTo("2.0");
        assertThat(v2.path("paths").has("/apis/apps/")).isTrue();
        assertThat(v2.at("/info/version").asString()).isEqualTo("v1.36.0");
        JsonNode create = v2.path("paths").path("/api/v1/namespaces").path("post");
        assertThat(create.at("/parameters/0/schema/$ref").asString())
                .isEqualTo("#/definitions/io.k8s.api.core.v1.Namespace");
        assertThat(v2.at("/definitions/io.k8s.api.core.v1.Pod/x-kubernetes-group-version-kind"))
                .hasToString("[{\"group\":\"\",\"kind\":\"Pod\",\"version\":\"v1\"}]");
    }

    @Test
    void versionTwoHasAProtobufForm() {
        for (String accept : new String[] {
            "application/com.github.proto-openapi.spec.v2.v1.0+protobuf",
            "application/com.github.proto-openapi.spec.v2@v1.0+protobuf"
        }) {
            Document document = Objects.requireNonNull(DOCUMENTS.document("/openapi/v2", accept));
            assertThat(document.mediaType()).isEqualTo("application/com.github.proto-openapi.spec.v2.v1.0+protobuf");
            assertThat(document.body()).startsWith(0x0a, 3, '2', '.', '0', 0x12);
            assertThat(document.etag())
                    .isNotEqualTo(Objects.requireNonNull(DOCUMENTS.document("/openapi/v2", null))
                            .etag());
        }
        assertThat(DOCUMENTS.document("/openapi/v3", "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"))
                .isNull();
    }

    @Test
    void hasNothingElsewhere() {
        for (String path : new String[] {"/openapi", "/openapi/v4", "/openapi/v3/apis/none", "/openapi/v3/api/v2"}) {
            assertThat(DOCUMENTS.document(path, null)).as(path).isNull();
            assertThat(DOCUMENTS.location(path)).isNull();
        }
        assertThat(DOCUMENTS.document("/openapi/v3/api/v1", "text/html")).isNull();
    }

    private static void assertResolves(JsonNode node, JsonNode definitions, String prefix) {
        if (node.isObject() && node.path("$ref").isString()) {
            String reference = node.path("$ref").asString();
            assertThat(reference).startsWith(prefix);
            assertThat(definitions.has(reference.substring(prefix.length())))
                    .as(reference)
                    .isTrue();
        }
        for (JsonNode each : node) {
            if (each.isContainer()) {
                assertResolves(each, definitions, prefix);
            }
        }
    }

    private static JsonNode v3(String groupVersion, String definition) {
        return read("/openapi/v3/" + groupVersion).at("/components/schemas").path(definition);
    }

    private static JsonNode read(String path) {
        return Json.readObject(Objects.requireNonNull(DOCUMENTS.document(path, "application/json"))
                .body());
    }
}
