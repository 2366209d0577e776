package io.kubespring.apimachinery.print;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the cells of each kind say, one object a kind. */
class CellsTest {

    private static final String BORN = "\"creationTimestamp\": \"2026-01-01T21:00:00Z\"";

    @Test
    void deployment() {
        assertThat(Rows.cells("apps/v1", "Deployment", """
            {"metadata": {"name": "web", %s},
             "spec": {"replicas": 3, "selector": {"matchLabels": {"b": "2", "a": "1"}},
                      "template": {"spec": {"containers": [{"name": "x", "image": "i:1"}, {"name": "y", "image": "j"}]}}},
             "status": {"readyReplicas": 2, "updatedReplicas": 3, "availableReplicas": 1}}\
            """.formatted(BORN)))
                .isEqualTo("web | 2/3 | 3 | 1 | 3h | x,y | i:1,j | a=1,b=2");
    }

    @Test
    void service() {
        assertThat(Rows.cells("v1", "Service", """
            {"metadata": {"name": "web", %s},
             "spec": {"type": "NodePort", "clusterIP": "10.96.0.7", "clusterIPs": ["10.96.0.7"],
                      "selector": {"app": "web"},
                      "ports": [{"port": 80, "nodePort": 30080, "protocol": "TCP"}, {"port": 53, "protocol": "UDP"}]}}\
            """.formatted(BORN)))
                .isEqualTo("web | NodePort | 10.96.0.7 | <none> | 80:30080/TCP,53/UDP | 3h | app=web");
        assertThat(Rows.cells("v1", "Service", "{\"spec\": {\"type\": \"LoadBalancer\", \"clusterIP\": \"None\"}}"))
                .contains("| LoadBalancer | None | <pending> | <none> |");
        assertThat(Rows.cells("v1", "Service", "{\"spec\": {\"type\": \"ExternalName\", \"externalName\": \"x.org\"}}"))
                .contains("| ExternalName | <none> | x.org | <none> |");
        assertThat(Rows.cells(
                        "v1",
                        "Service",
                        "{\"spec\": {\"type\": \"LoadBalancer\"}, \"status\": {\"loadBalancer\":"
                                + " {\"ingress\": [{\"ip\": \"1.2.3.4\"}, {\"hostname\": \"lb\"}]}}}"))
                .contains("| 1.2.3.4,lb |");
    }

    @Test
    void endpoints() {
        assertThat(Rows.cells("v1", "Endpoints", """
            {"metadata": {"name": "web", %s},
             "subsets": [{"addresses": [{"ip": "10.0.0.1"}, {"ip": "10.0.0.2"}, {"ip": "fd00::1"}],
                          "ports": [{"port": 80}, {"port": 443}]}]}\
            """.formatted(BORN)))
                .isEqualTo("web | 10.0.0.1:80,10.0.0.2:80,[fd00::1]:80 + 3 more... | 3h");
        assertThat(Rows.cells("v1", "Endpoints", "{}")).contains("<none>");
        assertThat(Rows.cells("discovery.k8s.io/v1", "EndpointSlice", """
            {"metadata": {"name": "s", %s}, "addressType": "IPv4", "ports": [{"port": 80}, {"name": "x"}],
             "endpoints": [{"addresses": ["10.0.0.1"]}, {"addresses": ["10.0.0.2"]}]}\
            """.formatted(BORN)))
                .isEqualTo("s | IPv4 | 80,x | 10.0.0.1,10.0.0.2 | 3h");
    }

    @Test
    void node() {
        assertThat(Rows.cells("v1", "Node", """
            {"metadata": {"name": "n1", %s, "labels": {"node-role.kubernetes.io/worker": "",
                          "node-role.kubernetes.io/control-plane": ""}},
             "spec": {"unschedulable": true},
             "status": {"conditions": [{"type": "Ready", "status": "True"}],
                        "addresses": [{"type": "InternalIP", "address": "10.1.1.1"}],
                        "nodeInfo": {"kubeletVersion": "v1.36.0", "kernelVersion": "6.18",
                                     "containerRuntimeVersion": "containerd://1.6.20"}}}\
            """.formatted(BORN)))
                .isEqualTo("n1 | Ready,SchedulingDisabled | control-plane,worker | 3h | v1.36.0 | 10.1.1.1 | <none>"
                        + " | <unknown> | 6.18 | containerd://1.6.20");
        assertThat(Rows.cells("v1", "Node", "{\"metadata\": {\"name\": \"n\"}}"))
                .startsWith("n | Unknown | <none> |");
    }

    @Test
    void job() {
        assertThat(Rows.cells("batch/v1", "Job", """
            {"metadata": {"name": "j", %s}, "spec": {"completions": 2},
             "status": {"succeeded": 1, "startTime": "2026-01-01T23:59:00Z"}}\
            """.formatted(BORN)))
                .startsWith("j | Running" + " | 1/2" + " | 60s" + " | 3h" + " |");
        assertThat(Rows.cells("batch/v1", "Job", """
            {"metadata": {"name": "j"}, "spec": {"parallelism": 3},
             "status": {"conditions": [{"type": "Complete", "status": "True"}], "succeeded": 3,
                        "startTime": "2026-01-01T23:00:00Z", "completionTime": "2026-01-01T23:00:09Z"}}\
            """)).startsWith("j | Complete" + " | 3/1" + " of 3" + " | 9s" + " |");
        assertThat(Rows.cells("batch/v1", "CronJob", """
            {"metadata": {"name": "c", %s}, "spec": {"schedule": "* * * * *", "suspend": false},
             "status": {"active": [{}], "lastScheduleTime": "2026-01-01T23:59:30Z"}}\
            """.formatted(BORN)))
                .startsWith("c | * * * * * | <none> | False | 1 | 30s | 3h");
    }

    @Test
    void event() {
        assertThat(Rows.cells("v1", "Event", """
            {"metadata": {"name": "e"}, "type": "Warning", "reason": "BackOff", "message": "Back-off\\n", "count": 4,
             "involvedObject": {"kind": "Pod", "name": "web", "fieldPath": "spec.containers{a}"},
             "source": {"component": "kubelet", "host": "n1"},
             "firstTimestamp": "2026-01-01T23:00:00Z", "lastTimestamp": "2026-01-01T23:59:00Z"}\
            """))
                .isEqualTo("60s | Warning | BackOff | pod/web | spec.containers{a} | kubelet, n1 | Back-off | 60m | 4 |"
                        + " e");
        assertThat(Rows.cells("events.k8s.io/v1", "Event", """
            {"metadata": {"name": "e"}, "type": "Normal", "reason": "Scheduled", "note": "ok",
             "regarding": {"kind": "Pod", "name": "web"}, "reportingController": "scheduler",
             "eventTime": "2026-01-01T23:59:50.000000Z"}\
            """))
                .isEqualTo("10s | Normal | Scheduled | pod/web |  | scheduler | ok | 10s | 1 | e");
    }

    @Test
    void volumes() {
        assertThat(Rows.cells("v1", "PersistentVolumeClaim", """
            {"metadata": {"name": "c", %s}, "spec": {"volumeName": "pv", "storageClassName": "fast", "volumeMode": "Block"},
             "status": {"phase": "Bound", "capacity": {"storage": "1Gi"},
                        "accessModes": ["ReadWriteMany", "ReadWriteOnce"]}}\
            """.formatted(BORN)))
                .isEqualTo("c | Bound | pv | 1Gi | RWO,RWX | fast | <unset> | 3h | Block");
        assertThat(Rows.cells("v1", "PersistentVolume", """
            {"metadata": {"name": "pv", %s}, "spec": {"capacity": {"storage": "1Gi"}, "accessModes": ["ReadOnlyMany"],
               "persistentVolumeReclaimPolicy": "Retain", "claimRef": {"namespace": "d", "name": "c"}},
             "status": {"phase": "Bound"}}\
            """.formatted(BORN)))
                .isEqualTo("pv | 1Gi | ROX | Retain | Bound | d/c |  | <unset> |  | 3h | <unset>");
        assertThat(Rows.cells("storage.k8s.io/v1", "StorageClass", """
            {"metadata": {"name": "fast", "annotations": {"storageclass.kubernetes.io/is-default-class": "true"}},
             "provisioner": "p"}\
            """))
                .startsWith("fast (default) | p | Delete | Immediate | false |");
    }

    @Test
    void access() {
        assertThat(Rows.cells("rbac.authorization.k8s.io/v1", "RoleBinding", """
            {"metadata": {"name": "b"}, "roleRef": {"kind": "ClusterRole", "name": "view"},
             "subjects": [{"kind": "User", "name": "ann"}, {"kind": "ServiceAccount", "namespace": "d", "name": "s"},
                          {"kind": "User", "name": "bob"}]}\
            """))
                .isEqualTo("b | ClusterRole/view | <unknown> | ann, bob |  | d/s");
        assertThat(Rows.cells("certificates.k8s.io/v1", "CertificateSigningRequest", """
            {"metadata": {"name": "r"}, "spec": {"signerName": "s", "username": "u", "expirationSeconds": 3600},
             "status": {"certificate": "x", "conditions": [{"type": "Approved", "status": "True"}]}}\
            """))
                .isEqualTo("r | <unknown> | s | u | 60m | Approved,Issued");
    }

    @Test
    void quota() {
        assertThat(Rows.cells("v1", "ResourceQuota", """
            {"metadata": {"name": "q"}, "status": {"hard": {"pods": "10", "limits.cpu": "2", "cpu": "1"},
             "used": {"pods": "3", "limits.cpu": "500m"}}}\
            """))
                .isEqualTo("q | cpu: 0/1, pods: 3/10 | limits.cpu: 500m/2 | <unknown>");
    }

    @Test
    void autoscaler() {
        assertThat(Rows.cells("autoscaling/v2", "HorizontalPodAutoscaler", """
            {"metadata": {"name": "h"}, "spec": {"scaleTargetRef": {"kind": "Deployment", "name": "web"},
              "maxReplicas": 9, "minReplicas": 2, "metrics": [
               {"type": "Resource", "resource": {"name": "cpu", "target": {"averageUtilization": 50}}},
               {"type": "Pods", "pods": {"target": {"averageValue": "10"}}}, {"type": "External"}]},
             "status": {"currentReplicas": 3, "currentMetrics": [
               {"type": "Resource", "resource": {"current": {"averageUtilization": 12}}}]}}\
            """))
                .isEqualTo("h | Deployment/web | cpu: 12%/50%, <unknown>/10 + 1 more... | 2 | 9 | 3 | <unknown>");
        assertThat(Rows.cells("autoscaling/v1", "HorizontalPodAutoscaler", """
            {"metadata": {"name": "h"}, "spec": {"targetCPUUtilizationPercentage": 80, "maxReplicas": 1}}\
            """))
                .contains("| cpu: <unknown>/80% | <unset> | 1 |");
    }

    @Test
    void network() {
        assertThat(Rows.cells("networking.k8s.io/v1", "Ingress", """
            {"metadata": {"name": "i"}, "spec": {"ingressClassName": "nginx", "tls": [{}],
              "rules": [{"host": "a"}, {"host": "b"}, {}, {"host": "d"}, {"host": "e"}]}}\
            """))
                .isEqualTo("i | nginx | a,b,d + 2 more... |  | 80, 443 | <unknown>");
        assertThat(Rows.cells("networking.k8s.io/v1", "IPAddress", """
            {"metadata": {"name": "10.96.0.1"}, "spec": {"parentRef":
             {"resource": "services", "namespace": "default", "name": "kubernetes"}}}\
            """))
                .isEqualTo("10.96.0.1 | services/default/kubernetes");
        assertThat(Rows.cells("networking.k8s.io/v1", "NetworkPolicy", "{\"spec\": {\"podSelector\": {}}}"))
                .contains("| <none> |");
    }

    @Test
    void aNodesKernelNamesItsProcessorAndABoundClaimItsSize() {
        assertThat(Rows.cells("v1", "Node", """
            {"metadata": {"name": "n"}, "status": {"nodeInfo": {"kernelVersion": "6.1", "architecture": "amd64"}}}\
            """)).contains("| 6.1 (amd64) |");
        assertThat(Rows.cells("v1", "PersistentVolumeClaim", """
            {"metadata": {"name": "c"}, "spec": {"volumeName": "v"}, "status": {"phase": "Bound"}}\
            """)).startsWith("c | Bound | v | 0 |");
    }

    @Test
    void columnsAreDeclaredAsUpstreamDoesEvenWhereTheirCellsAreNumbers() {
        assertThat(Rows.table("apps/v1", "Deployment", "{}", TableOptions.DEFAULT)
                        .at("/columnDefinitions/2/type")
                        .asString())
                .isEqualTo("string");
        assertThat(Rows.table("batch/v1", "CronJob", "{}", TableOptions.DEFAULT)
                        .at("/columnDefinitions/3/type")
                        .asString())
                .isEqualTo("boolean");
    }
}
