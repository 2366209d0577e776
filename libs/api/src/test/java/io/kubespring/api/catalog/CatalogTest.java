package io.kubespring.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.GroupVersionKind;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CatalogTest {

    private final Catalog catalog = Catalog.builtIn();

    @Test
    void servesOnlyGenerallyAvailableVersions() {
        assertThat(catalog.all().stream().map(each -> each.kind().version()))
                .hasSize(68)
                .containsOnly("v1", "v2");
    }

    @Test
    void knowsAResourceByNameAndByKind() {
        ResourceType pods = find("", "v1", "pods");
        assertThat(pods.listKind()).isEqualTo("PodList");
        assertThat(pods.singular()).isEqualTo("pod");
        assertThat(pods.shortNames()).containsExactly("po");
        assertThat(pods.categories()).containsExactly("all");
        assertThat(pods.namespaced()).isTrue();
        assertThat(pods.verbs())
                .containsExactly("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
        assertThat(catalog.byKind(new GroupVersionKind("", "v1", "Pod"))).isSameAs(pods);
        assertThat(catalog.find("", "v2", "pods")).isNull();
    }

    @Test
    void namesTheBodyOfEachSubresource() {
        ResourceType pods = find("", "v1", "pods");
        assertThat(pods.subresources())
                .extracting(each -> each.name() + " " + each.kind().kind())
                .containsExactly(
                        "attach PodAttachOptions",
                        "binding Binding",
                        "ephemeralcontainers Pod",
                        "eviction Eviction",
                        "exec PodExecOptions",
                        "log Pod",
                        "portforward PodPortForwardOptions",
                        "proxy PodProxyOptions",
                        "resize Pod",
                        "status Pod");
        ResourceType.Subresource scale =
                Objects.requireNonNull(find("apps", "v1", "deployments").subresource("scale"));
        assertThat(scale.kind()).isEqualTo(new GroupVersionKind("autoscaling", "v1", "Scale"));
        assertThat(scale.verbs()).containsExactly("get", "patch", "update");
        assertThat(Objects.requireNonNull(scale.schema().property("spec")).propertyNames())
                .containsExactly("replicas");
    }

    @Test
    void keepsObjectsWhereUpstreamDoes() {
        assertThat(find("", "v1", "nodes").storagePrefix()).isEqualTo("/registry/minions");
        assertThat(find("", "v1", "services").storagePrefix()).isEqualTo("/registry/services/specs");
        assertThat(find("", "v1", "endpoints").storagePrefix()).isEqualTo("/registry/services/endpoints");
        assertThat(find("", "v1", "replicationcontrollers").storagePrefix()).isEqualTo("/registry/controllers");
        assertThat(find("apps", "v1", "deployments").storagePrefix()).isEqualTo("/registry/deployments");
        assertThat(find("networking.k8s.io", "v1", "ingresses").storagePrefix()).isEqualTo("/registry/ingress");
        assertThat(find("events.k8s.io", "v1", "events").storagePrefix())
                .isEqualTo(find("", "v1", "events").storagePrefix())
                .isEqualTo("/registry/events");
        assertThat(find("apiregistration.k8s.io", "v1", "apiservices").storagePrefix())
                .isEqualTo("/registry/apiregistration.k8s.io/apiservices");
    }

    @Test
    void reviewsAndBindingsAreNotStored() {
        assertThat(catalog.all().stream().filter(each -> !each.stored()).map(ResourceType::plural))
                .containsExactlyInAnyOrder(
                        "bindings",
                        "componentstatuses",
                        "selfsubjectreviews",
                        "tokenreviews",
                        "localsubjectaccessreviews",
                        "selfsubjectaccessreviews",
                        "selfsubjectrulesreviews",
                        "subjectaccessreviews");
    }

    @Test
    void prefersTheNewestStableVersion() {
        assertThat(catalog.versions("autoscaling")).containsExactly("v2", "v1");
        assertThat(catalog.versions("nowhere.example.com")).isEmpty();
        assertThat(List.of("v1alpha1", "v1", "v1beta1", "v10", "v2beta2", "foo", "v2").stream()
                        .sorted(VersionOrder.COMPARATOR))
                .containsExactly("v10", "v2", "v1", "v2beta2", "v1beta1", "v1alpha1", "foo");
    }

    @Test
    void listsGroupsInPriorityOrder() {
        assertThat(catalog.groups()).startsWith("", "apiregistration.k8s.io", "apps", "events.k8s.io");
        assertThat(catalog.groups()).hasSize(21);
    }

    private ResourceType find(String group, String version, String plural) {
        return Objects.requireNonNull(catalog.find(group, version, plural));
    }
}
