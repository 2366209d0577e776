package io.kubespring.apiserver.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.documents.Document;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DiscoveryDocumentsTest {

    private final Catalog catalog = Catalog.builtIn();
    private final DiscoveryDocuments documents = new DiscoveryDocuments(catalog, "10.0.0.1:6443");

    @Test
    void listsCoreVersionsWithTheServersAddress() {
        assertThat(read("/api"))
                .hasToString("{\"kind\":\"APIVersions\",\"versions\":[\"v1\"],\"serverAddressByClientCIDRs\":"
                        + "[{\"clientCIDR\":\"0.0.0.0/0\",\"serverAddress\":\"10.0.0.1:6443\"}]}");
    }

    @Test
    void listsGroupsWithTheirPreferredVersion() {
        JsonNode groups = read("/apis").path("groups");
        assertThat(groups).hasSize(20);
        assertThat(groups.valueStream().map(each -> each.path("name").asString()))
                .startsWith("apiregistration.k8s.io", "apps");
        assertThat(read("/apis/autoscaling"))
                .hasToString("{\"kind\":\"APIGroup\",\"apiVersion\":\"v1\",\"name\":\"autoscaling\",\"versions\":"
                        + "[{\"groupVersion\":\"autoscaling/v2\",\"version\":\"v2\"},"
                        + "{\"groupVersion\":\"autoscaling/v1\",\"version\":\"v1\"}],"
                        + "\"preferredVersion\":{\"groupVersion\":\"autoscaling/v2\",\"version\":\"v2\"}}");
    }

    @Test
    void listsResourcesAndSubresources() {
        JsonNode resources = read("/api/v1").path("resources");
        assertThat(named(resources, "pods"))
                .hasToString("{\"name\":\"pods\",\"singularName\":\"pod\",\"namespaced\":true,\"kind\":\"Pod\","
                        + "\"verbs\":[\"create\",\"delete\",\"deletecollection\",\"get\",\"list\",\"patch\",\"update\","
                        + "\"watch\"],\"shortNames\":[\"po\"],\"categories\":[\"all\"],"
                        + "\"storageVersionHash\":\"xPOwRZ+Yhw8=\"}");
        assertThat(named(resources, "pods/eviction"))
                .hasToString("{\"name\":\"pods/eviction\",\"singularName\":\"\",\"namespaced\":true,"
                        + "\"group\":\"policy\",\"version\":\"v1\",\"kind\":\"Eviction\",\"verbs\":[\"create\"]}");
    }

    @Test
    void sharedStorageHasOneVersion() {
        assertThat(hash("/api/v1", "events"))
                .isEqualTo("r2yiGXH7wu8=")
                .isEqualTo(hash("/apis/events.k8s.io/v1", "events"));
        assertThat(hash("/apis/autoscaling/v1", "horizontalpodautoscalers"))
                .isEqualTo(hash("/apis/autoscaling/v2", "horizontalpodautoscalers"))
                .isEqualTo("qwQve8ut294=");
    }

    @Test
    void aggregatesEveryGroupWithItsResources() {
        Document document = Objects.requireNonNull(documents.aggregated("/apis"));
        JsonNode list = Json.readObject(document.body());
        assertThat(list.path("apiVersion").asString()).isEqualTo("apidiscovery.k8s.io/v2");
        assertThat(list.path("kind").asString()).isEqualTo("APIGroupDiscoveryList");
        JsonNode apps = list.path("items").get(1);
        assertThat(apps.path("metadata").path("name").asString()).isEqualTo("apps");
        assertThat(apps.at("/versions/0/resources/2"))
                .hasToString("{\"resource\":\"deployments\","
                        + "\"responseKind\":{\"group\":\"\",\"version\":\"\",\"kind\":\"Deployment\"},"
                        + "\"scope\":\"Namespaced\",\"singularResource\":\"deployment\","
                        + "\"verbs\":[\"create\",\"delete\",\"deletecollection\",\"get\",\"list\",\"patch\",\"update\","
                        + "\"watch\"],\"shortNames\":[\"deploy\"],\"categories\":[\"all\"],\"subresources\":["
                        + "{\"subresource\":\"scale\",\"responseKind\":{\"group\":\"autoscaling\",\"version\":\"v1\","
                        + "\"kind\":\"Scale\"},\"verbs\":[\"get\",\"patch\",\"update\"]},"
                        + "{\"subresource\":\"status\",\"responseKind\":{\"group\":\"\",\"version\":\"\","
                        + "\"kind\":\"Deployment\"},\"verbs\":[\"get\",\"patch\",\"update\"]}]}");
        assertThat(documents.aggregated("/apis")).isSameAs(document);
    }

    @Test
    void theCoreGroupIsAggregatedOnItsOwn() {
        JsonNode list = Json.readObject(
                Objects.requireNonNull(documents.aggregated("/api")).body());
        assertThat(list.path("items")).hasSize(1);
        assertThat(list.at("/items/0/metadata").has("name")).isFalse();
        assertThat(documents.aggregated("/apis/apps")).isNull();
    }

    @Test
    void hasNothingElsewhere() {
        for (String path : new String[] {
            "/api/v2", "/apis/none", "/apis/apps/v2", "/apis/", "/healthz", "/apis//v1", "/api/v1/pods"
        }) {
            assertThat(documents.document(path)).as(path).isNull();
        }
    }

    @Test
    void bothFormsNameEveryResourceOfTheCatalog() {
        Set<String> expected = new HashSet<>();
        for (ResourceType each : catalog.all()) {
            expected.add(each.apiVersion() + " " + each.plural());
            each.subresources()
                    .forEach(sub -> expected.add(each.apiVersion() + " " + each.plural() + "/" + sub.name()));
        }
        Set<String> legacy = new HashSet<>();
        Set<String> aggregated = new HashSet<>();
        for (String group : catalog.groups()) {
            for (String version : catalog.versions(group)) {
                String apiVersion = group.isEmpty() ? version : group + "/" + version;
                JsonNode list = read((group.isEmpty() ? "/api/" : "/apis/") + apiVersion);
                assertThat(list.path("groupVersion").asString()).isEqualTo(apiVersion);
                list.path("resources")
                        .forEach(each ->
                                legacy.add(apiVersion + " " + each.path("name").asString()));
            }
        }
        for (String path : new String[] {"/api", "/apis"}) {
            Document document = Objects.requireNonNull(documents.aggregated(path));
            for (JsonNode group : Json.readObject(document.body()).path("items")) {
                collect(group, aggregated);
            }
        }
        assertThat(legacy).isEqualTo(expected);
        assertThat(aggregated).isEqualTo(expected);
    }

    private static void collect(JsonNode group, Set<String> found) {
        String name = group.path("metadata").path("name").asString("");
        for (JsonNode version : group.path("versions")) {
            String apiVersion =
                    (name.isEmpty() ? "" : name + "/") + version.path("version").asString();
            for (JsonNode resource : version.path("resources")) {
                String plural = resource.path("resource").asString();
                found.add(apiVersion + " " + plural);
                for (JsonNode sub : resource.path("subresources")) {
                    found.add(apiVersion + " " + plural + "/"
                            + sub.path("subresource").asString());
                }
            }
        }
    }

    private String hash(String path, String resource) {
        return named(read(path).path("resources"), resource)
                .path("storageVersionHash")
                .asString();
    }

    private static JsonNode named(JsonNode resources, String name) {
        return resources
                .valueStream()
                .filter(each -> each.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode read(String path) {
        return Json.readObject(Objects.requireNonNull(documents.document(path)).body());
    }
}
