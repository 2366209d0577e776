package io.kubespring.apimachinery.print;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindColumnsTest {

    @ParameterizedTest
    @CsvSource({
        "apps/v1, Deployment, Name | Ready | Up-to-date | Available | Age | Containers* | Images* | Selector*",
        "apps/v1, ReplicaSet, Name | Desired | Current | Ready | Age | Containers* | Images* | Selector*",
        "apps/v1, StatefulSet, Name | Ready | Age | Containers* | Images*",
        "apps/v1, DaemonSet, Name | Desired | Current | Ready | Up-to-date | Available | Node Selector | Age"
                + " | Containers* | Images* | Selector*",
        "apps/v1, ControllerRevision, Name | Controller | Revision | Age",
        "batch/v1, Job, Name | Status | Completions | Duration | Age | Containers* | Images* | Selector*",
        "batch/v1, CronJob, Name | Schedule | Timezone | Suspend | Active | Last Schedule | Age"
                + " | Containers* | Images* | Selector*",
        "v1, Service, Name | Type | Cluster-IP | External-IP | Port(s) | Age | Selector*",
        "v1, Endpoints, Name | Endpoints | Age",
        "discovery.k8s.io/v1, EndpointSlice, Name | AddressType | Ports | Endpoints | Age",
        "v1, Node, Name | Status | Roles | Age | Version | Internal-IP* | External-IP* | OS-Image*"
                + " | Kernel-Version* | Container-Runtime*",
        "v1, Namespace, Name | Status | Age",
        "v1, ConfigMap, Name | Data | Age",
        "v1, Secret, Name | Type | Data | Age",
        "v1, ServiceAccount, Name | Secrets | Age",
        "v1, Event, Last Seen | Type | Reason | Object | Subobject* | Source* | Message | First Seen* | Count* | Name*",
        "coordination.k8s.io/v1, Lease, Name | Holder | Age",
        "v1, PersistentVolume, Name | Capacity | Access Modes | Reclaim Policy | Status | Claim | StorageClass"
                + " | VolumeAttributesClass | Reason | Age | VolumeMode*",
        "v1, PersistentVolumeClaim, Name | Status | Volume | Capacity | Access Modes | StorageClass"
                + " | VolumeAttributesClass | Age | VolumeMode*",
        "storage.k8s.io/v1, StorageClass, Name | Provisioner | ReclaimPolicy | VolumeBindingMode"
                + " | AllowVolumeExpansion | Age",
        "rbac.authorization.k8s.io/v1, Role, Name | Created At",
        "rbac.authorization.k8s.io/v1, ClusterRoleBinding, Name | Role | Age | Users* | Groups* | ServiceAccounts*",
        "scheduling.k8s.io/v1, PriorityClass, Name | Value | Global-Default | Age | PreemptionPolicy",
        "v1, ResourceQuota, Name | Request | Limit | Age",
        "v1, LimitRange, Name | Created At",
        "networking.k8s.io/v1, Ingress, Name | Class | Hosts | Address | Ports | Age",
        "networking.k8s.io/v1, NetworkPolicy, Name | Pod-Selector | Age",
        "networking.k8s.io/v1, ServiceCIDR, Name | CIDRs | Age",
        "networking.k8s.io/v1, IPAddress, Name | ParentRef",
        "autoscaling/v2, HorizontalPodAutoscaler, Name | Reference | Targets | MinPods | MaxPods | Replicas | Age",
        "policy/v1, PodDisruptionBudget, Name | Min Available | Max Unavailable | Allowed Disruptions | Age",
        "certificates.k8s.io/v1, CertificateSigningRequest, Name | Age | SignerName | Requestor | RequestedDuration"
                + " | Condition",
        "apiextensions.k8s.io/v1, CustomResourceDefinition, Name | Created At",
        "apiregistration.k8s.io/v1, APIService, Name | Service | Available | Age",
        "node.k8s.io/v1, RuntimeClass, Name | Handler | Age",
    })
    void kindsHaveUpstreamsColumns(String apiVersion, String kind, String header) {
        assertThat(Rows.header(apiVersion, kind)).isEqualTo(header);
    }

    @Test
    void customResourcesShowNameAndAge() {
        assertThat(KindColumns.of(new GroupVersionKind("example.com", "v1", "Widget")))
                .extracting(Column::title)
                .containsExactly("Name", "Age");
    }

    @Test
    void anEmptyObjectOfEveryKindPrints() {
        for (ResourceType each : Catalog.builtIn().all()) {
            var table = new TablePrinter().table(each.kind(), List.of(Json.object()), TableOptions.DEFAULT, Rows.NOW);
            assertThat(table.at("/rows/0/cells")).as(each.plural()).hasSameSizeAs(table.path("columnDefinitions"));
        }
    }

    @Test
    void rowsBringWhatIsAskedFor() {
        String object = "{\"metadata\": {\"name\": \"a\"}, \"data\": {\"k\": \"v\"}}";
        assertThat(Rows.table("v1", "ConfigMap", object, TableOptions.DEFAULT).at("/rows/0/object"))
                .hasToString("{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\","
                        + "\"metadata\":{\"name\":\"a\"}}");
        var whole = new TableOptions(TableOptions.IncludeObject.OBJECT, true);
        assertThat(Rows.table("v1", "ConfigMap", object, whole)
                        .at("/rows/0/object/data/k")
                        .asString())
                .isEqualTo("v");
        assertThat(Rows.table("v1", "ConfigMap", object, whole)
                        .path("columnDefinitions")
                        .isNull())
                .isTrue();
        var nothing = new TableOptions(TableOptions.IncludeObject.NONE, false);
        assertThat(Rows.table("v1", "ConfigMap", object, nothing)
                        .at("/rows/0/object")
                        .isNull())
                .isTrue();
    }
}
