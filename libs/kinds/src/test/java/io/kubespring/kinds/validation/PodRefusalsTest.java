package io.kubespring.kinds.validation;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Everything that is wrong with a new Pod, field by field, in upstream's words. */
class PodRefusalsTest {

    private static final String LABEL =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and"
                    + " end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    private static final String SUBDOMAIN = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
            + " characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
            + " used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private final RefusalTable pods = new RefusalTable(
            "v1",
            "Pod",
            "{'spec':{'volumes':[{'name':'v','emptyDir':{}},{'name':'c','persistentVolumeClaim':{'claimName':'x'}}],"
                    + "'containers':[{'name':'a','image':'b'}],'initContainers':[{'name':'i','image':'b'}]}}");

    private Stream<DynamicTest> refused(String table) {
        return pods.create(table.replace("$LABEL", LABEL).replace("$SUBDOMAIN", SUBDOMAIN));
    }

    @TestFactory
    Stream<DynamicTest> containers() {
        return refused("""
            /spec/containers = [] => spec.containers: Required value
            /spec/containers/0/name = "" => spec.containers[0].name: Required value
            /spec/containers/0/name = "A" => spec.containers[0].name: Invalid value: "A": $LABEL
            /spec/containers/1 = {"name":"a","image":"b"} => spec.containers[1].name: Duplicate value: "a"
            /spec/initContainers/0/name = "a" => spec.initContainers[0].name: Duplicate value: "a"
            /spec/containers/0/image = null => spec.containers[0].image: Required value
            /spec/containers/0/image = " b" => spec.containers[0].image: Invalid value: " b": must not have leading or trailing whitespace
            /spec/containers/0/imagePullPolicy = "Sometimes" => spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes":
                supported values: "Always", "IfNotPresent", "Never"
            /spec/containers/0/terminationMessagePolicy = "Log" => spec.containers[0].terminationMessagePolicy: Unsupported value: "Log":
                supported values: "File", "FallbackToLogsOnError"
            /spec/initContainers/0/livenessProbe = {"tcpSocket":{"port":1}} =>
                spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always
            /spec/initContainers/0/restartPolicy = "Always" && /spec/initContainers/0/livenessProbe = {"tcpSocket":{"port":1}} => fine
            /spec/initContainers/0/lifecycle = {"preStop":{"exec":{"command":["x"]}}} =>
                spec.initContainers[0].lifecycle: Forbidden: may not be set for init containers without restartPolicy=Always
            /spec/ephemeralContainers = [{"name":"e","image":"b"}] => spec.ephemeralContainers: Forbidden: cannot be set on create
            /spec/ephemeralContainers = [{"name":"e","image":"b","targetContainerName":"x","ports":[{"containerPort":1}]}] =>
                spec.ephemeralContainers[0].targetContainerName: Not found: "x" |
                spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral Container |
                spec.ephemeralContainers: Forbidden: cannot be set on create
            """);
    }

    @TestFactory
    Stream<DynamicTest> restartRules() {
        return refused("""
            /spec/containers/0/restartPolicy = "Perhaps" => spec.containers[0].restartPolicy: Unsupported value: "Perhaps":
                supported values: "Always", "Never", "OnFailure"
            /spec/containers/0/restartPolicyRules = [{"action":"Restart","exitCodes":{"operator":"In","values":[42]}}] =>
                spec.containers[0].restartPolicy: Required value: must specify restartPolicy when restart rules are used
            /spec/containers/0/restartPolicy = "Never" && /spec/containers/0/restartPolicyRules =
                [{"action":"Restart","exitCodes":{"operator":"In","values":[42]}}] => fine
            /spec/containers/0/restartPolicy = "Never" && /spec/containers/0/restartPolicyRules = [{"action":"Stop","exitCodes":{"operator":"Over"}}] =>
                spec.containers[0].restartPolicyRules[0].action: Unsupported value: "Stop": supported values: "Restart", "RestartAllContainers" |
                spec.containers[0].restartPolicyRules[0].exitCodes.operator: Unsupported value: "Over": supported values: "In", "NotIn"
            /spec/containers/0/restartPolicy = "Never" && /spec/containers/0/restartPolicyRules =
                [{"action":"RestartAllContainers","exitCodes":{"operator":"In"}}] => fine
            """);
    }

    @TestFactory
    Stream<DynamicTest> portsAndVariables() {
        return refused("""
            /spec/containers/0/ports = [{"name":"8080","containerPort":80}] =>
                spec.containers[0].ports[0].name: Invalid value: "8080": must contain at least one letter (a-z)
            /spec/containers/0/ports = [{"containerPort":0}] => spec.containers[0].ports[0].containerPort: Required value
            /spec/containers/0/ports = [{"containerPort":65536}] =>
                spec.containers[0].ports[0].containerPort: Invalid value: 65536: must be between 1 and 65535, inclusive
            /spec/containers/0/ports = [{"containerPort":1,"protocol":"ICMP"}] =>
                spec.containers[0].ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"
            /spec/containers/0/ports = [{"containerPort":1,"hostPort":8},{"containerPort":2,"hostPort":8}] =>
                spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//8"
            /spec/hostNetwork = true && /spec/containers/0/ports = [{"containerPort":1,"hostPort":8}] =>
                spec.containers[0].ports[0].hostPort: Invalid value: 8: must match `containerPort` when `hostNetwork` is true
            /spec/containers/0/env = [{"name":""}] => spec.containers[0].env[0].name: Required value
            /spec/containers/0/env = [{"name":"a=b"}] => spec.containers[0].env[0].name: Invalid value: "a=b":
                a valid environment variable name must consist only of printable ASCII characters other than '='
            /spec/containers/0/env = [{"name":"a","valueFrom":{}}] => spec.containers[0].env[0].valueFrom: Invalid value: "": must specify
                one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`
            /spec/containers/0/env = [{"name":"a","value":"x","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}] =>
                spec.containers[0].env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty
            /spec/containers/0/env = [{"name":"a","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"},"secretKeyRef":{"name":"s","key":"k"}}}] =>
                spec.containers[0].env[0].valueFrom: Invalid value: "": may not have more than one field specified at a time
            /spec/containers/0/env = [{"name":"a","valueFrom":{"fieldRef":{"fieldPath":"spec.nonsense"}}}] =>
                spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.nonsense": error converting fieldPath:
                field label not supported: spec.nonsense
            /spec/containers/0/env = [{"name":"a","valueFrom":{"fieldRef":{"fieldPath":"metadata.labels"}}}] =>
                spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "metadata.labels": supported values:
                "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP",
                "status.hostIPs", "status.podIP", "status.podIPs"
            /spec/containers/0/env = [{"name":"a","valueFrom":{"fieldRef":{"fieldPath":"metadata.labels['app']"}}}] => fine
            /spec/containers/0/env = [{"name":"a","valueFrom":{"fieldRef":{"fieldPath":"metadata.name['app']"}}}] =>
                spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.name['app']": error converting
                fieldPath: field label does not support subscript: metadata.name['app']
            /spec/containers/0/env = [{"name":"a","valueFrom":{"resourceFieldRef":{"resource":"limits.gpu"}}}] =>
                spec.containers[0].env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "limits.gpu": supported values:
                "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"
            /spec/containers/0/env = [{"name":"a","valueFrom":{"resourceFieldRef":{"resource":"limits.cpu","divisor":"2"}}}] =>
                spec.containers[0].env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor's values 1m and 1
                are supported with the cpu resource
            /spec/containers/0/env = [{"name":"a","valueFrom":{"resourceFieldRef":{"resource":"requests.memory","divisor":"1Mi"}}}] => fine
            /spec/containers/0/env = [{"name":"a","valueFrom":{"configMapKeyRef":{"name":"c","key":""}}}] =>
                spec.containers[0].env[0].valueFrom.configMapKeyRef.key: Required value
            /spec/containers/0/env = [{"name":"a","valueFrom":{"fileKeyRef":{"volumeName":"v","path":"f","key":"K"}}}] => fine
            /spec/containers/0/env = [{"name":"a","valueFrom":{"fileKeyRef":{"volumeName":"x","path":"../f","key":"K"}}}] =>
                spec.containers[0].env[0].valueFrom.fileKeyRef.volumeName: Not found: "x" |
                spec.containers[0].env[0].valueFrom.fileKeyRef.path: Invalid value: "../f": must not contain '..'
            /spec/containers/0/envFrom = [{}] => spec.containers[0].envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`
            /spec/containers/0/envFrom = [{"secretRef":{"name":""}}] => spec.containers[0].envFrom[0].secretRef.name: Required value
            """);
    }

    @TestFactory
    Stream<DynamicTest> volumes() {
        return refused("""
            /spec/volumes/0 = {"name":"v","emptyDir":{},"hostPath":{"path":"/x"}} =>
                spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type
            /spec/volumes/0/name = "" => spec.volumes[0].name: Required value
            /spec/volumes/1/name = "v" => spec.volumes[1].name: Duplicate value: "v"
            /spec/volumes/0 = {"name":"v","emptyDir":{"sizeLimit":"-1"}} =>
                spec.volumes[0].emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity
            /spec/volumes/0 = {"name":"v","hostPath":{"path":"/a/../b","type":"Sock"}} =>
                spec.volumes[0].hostPath.path: Invalid value: "/a/../b": must not contain '..' |
                spec.volumes[0].hostPath.type: Unsupported value: "Sock": supported values: "", "BlockDevice", "CharDevice", "Directory",
                "DirectoryOrCreate", "File", "FileOrCreate", "Socket"
            /spec/volumes/0 = {"name":"v","secret":{"defaultMode":512,"items":[{"key":"k","path":"/p"}]}} =>
                spec.volumes[0].secret.secretName: Required value |
                spec.volumes[0].secret.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive |
                spec.volumes[0].secret.items[0].path: Invalid value: "/p": must be a relative path
            /spec/volumes/0 = {"name":"v","configMap":{"name":"c","items":[{"key":"","path":"..x"}]}} =>
                spec.volumes[0].configMap.items[0].key: Required value |
                spec.volumes[0].configMap.items[0].path: Invalid value: "..x": must not start with '..'
            /spec/volumes/0 = {"name":"v","downwardAPI":{"items":[{"path":"p"}]}} =>
                spec.volumes[0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required
            /spec/volumes/0 = {"name":"v","projected":{"sources":[{"secret":{"name":"s"},"configMap":{"name":"c"}}]}} =>
                spec.volumes[0].projected.sources[0]: Forbidden: may not specify more than 1 volume type per source
            /spec/volumes/0 = {"name":"v","projected":{"sources":[{"secret":{"name":"s","items":[{"key":"k","path":"p"}]}},
                {"configMap":{"name":"c","items":[{"key":"k","path":"p"}]}}]}} =>
                spec.volumes[0].projected: Invalid value: "c": conflicting duplicate paths
            /spec/serviceAccountName = "s" && /spec/volumes/0 = {"name":"v","projected":{"sources":[{"serviceAccountToken":{"path":"","expirationSeconds":60}}]}} =>
                spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 60: may not specify a duration less
                than 10 minutes |
                spec.volumes[0].projected.path: Required value
            /spec/volumes/0 = {"name":"v","projected":{"sources":[{"serviceAccountToken":{"path":"t"}}]}} =>
                spec.volumes[0].projected.sources[0].serviceAccountToken: Forbidden: must not be specified when serviceAccountName is not set
            /spec/volumes/0 = {"name":"v","projected":{"sources":[{"clusterTrustBundle":{"path":"p"}}]}} =>
                spec.volumes[0].projected.sources[0].clusterTrustBundle: Required value: either name or signerName must be specified
            /spec/volumes/0 = {"name":"v","csi":{"driver":""}} => spec.volumes[0].csi.driver: Required value |
                spec.volumes[0].csi.driver: Invalid value: "": $SUBDOMAIN
            /spec/volumes/0 = {"name":"v","image":{}} => spec.volumes[0].image.reference: Required value
            /spec/volumes/0 = {"name":"v","ephemeral":{}} => spec.volumes[0].ephemeral.volumeClaimTemplate: Required value
            /spec/volumes/0 = {"name":"v","ephemeral":{"volumeClaimTemplate":{"metadata":{"name":"n"},"spec":{"accessModes":["ReadWriteOnce"],
                "resources":{"requests":{"storage":"1"}}}}}} =>
                spec.volumes[0].ephemeral.volumeClaimTemplate.metadata.name: Forbidden: cannot be set
            /spec/volumes/1 = {"name":"c","persistentVolumeClaim":{"claimName":"a-e"}} && /spec/volumes/2 = {"name":"e","ephemeral":
                {"volumeClaimTemplate":{"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1"}}}}}} =>
                spec.volumes[1].persistentVolumeClaim.claimName: Invalid value: "a-e": must not reference a PVC that gets created for an
                ephemeral volume
            """);
    }

    @TestFactory
    Stream<DynamicTest> oldVolumes() {
        return refused("""
            /spec/volumes/0 = {"name":"v","gitRepo":{"directory":"/x"}} => spec.volumes[0].gitRepo.repository: Required value |
                spec.volumes[0].gitRepo.directory: Invalid value: "/x": must be a relative path
            /spec/volumes/0 = {"name":"v","gcePersistentDisk":{"partition":256}} => spec.volumes[0].persistentDisk.pdName: Required value |
                spec.volumes[0].persistentDisk.partition: Invalid value: 256: must be between 1 and 255, inclusive
            /spec/volumes/0 = {"name":"v","awsElasticBlockStore":{}} => spec.volumes[0].awsElasticBlockStore.volumeID: Required value
            /spec/volumes/0 = {"name":"v","nfs":{"server":"s"}} => spec.volumes[0].nfs.path: Required value |
                spec.volumes[0].nfs.path: Invalid value: "": must be an absolute path
            /spec/volumes/0 = {"name":"v","iscsi":{"targetPortal":"p","iqn":"x","lun":256}} =>
                spec.volumes[0].iscsi.iqn: Invalid value: "x": must be valid format starting with iqn, eui, or naa |
                spec.volumes[0].iscsi.lun: Invalid value: 256: must be between 0 and 255, inclusive
            /spec/volumes/0 = {"name":"v","glusterfs":{"path":"p"}} => spec.volumes[0].glusterfs.endpoints: Required value
            /spec/volumes/0 = {"name":"v","flocker":{}} => spec.volumes[0].flocker: Required value: one of datasetName and datasetUUID is required
            /spec/volumes/0 = {"name":"v","rbd":{"image":"i"}} => spec.volumes[0].rbd.monitors: Required value
            /spec/volumes/0 = {"name":"v","cinder":{}} => spec.volumes[0].cinder.volumeID: Required value
            /spec/volumes/0 = {"name":"v","cephfs":{}} => spec.volumes[0].cephfs.monitors: Required value
            /spec/volumes/0 = {"name":"v","quobyte":{"registry":"host","volume":"v"}} => spec.volumes[0].quobyte.registry: Invalid value: "host":
                must be a host:port pair or multiple pairs separated by commas
            /spec/volumes/0 = {"name":"v","fc":{}} => spec.volumes[0].fc.targetWWNs: Required value: must specify either targetWWNs or wwids, but
                not both
            /spec/volumes/0 = {"name":"v","flexVolume":{"driver":"d","options":{"kubernetes.io/a":"b"}}} =>
                spec.volumes[0].flexVolume.options[kubernetes.io/a]: Invalid value: "kubernetes.io/a": kubernetes.io and k8s.io namespaces are reserved
            /spec/volumes/0 = {"name":"v","azureFile":{"shareName":"s"}} => spec.volumes[0].azureFile.secretName: Required value
            /spec/volumes/0 = {"name":"v","vsphereVolume":{}} => spec.volumes[0].vsphereVolume.volumePath: Required value
            /spec/volumes/0 = {"name":"v","photonPersistentDisk":{}} => spec.volumes[0].photonPersistentDisk.pdID: Required value
            /spec/volumes/0 = {"name":"v","portworxVolume":{}} => spec.volumes[0].portworxVolume.volumeID: Required value
            /spec/volumes/0 = {"name":"v","azureDisk":{"diskName":"d","diskURI":"u"}} => spec.volumes[0].azureDisk.diskURI: Unsupported value: "u":
                supported values: "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"
            /spec/volumes/0 = {"name":"v","storageos":{}} => spec.volumes[0].storageos.volumeName: Required value
            /spec/volumes/0 = {"name":"v","scaleIO":{"gateway":"g","system":"s"}} => spec.volumes[0].scaleIO.volumeName: Required value
            """);
    }

    @TestFactory
    Stream<DynamicTest> mounts() {
        return refused("""
            /spec/containers/0/volumeMounts = [{"name":"x","mountPath":"/x"}] => spec.containers[0].volumeMounts[0].name: Not found: "x"
            /spec/containers/0/volumeMounts = [{"name":"v","mountPath":""}] => spec.containers[0].volumeMounts[0].mountPath: Required value
            /spec/containers/0/volumeMounts = [{"name":"v","mountPath":"/x"},{"name":"c","mountPath":"/x"}] =>
                spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/x": must be unique
            /spec/containers/0/volumeMounts = [{"name":"v","mountPath":"/x","subPath":"/a"}] =>
                spec.containers[0].volumeMounts.subPath: Invalid value: "/a": must be a relative path
            /spec/containers/0/volumeMounts = [{"name":"v","mountPath":"/x","subPath":"a","subPathExpr":"b"}] =>
                spec.containers[0].volumeMounts[0].subPathExpr: Invalid value: "b": subPathExpr and subPath are mutually exclusive
            /spec/containers/0/volumeMounts = [{"name":"v","mountPath":"/x","mountPropagation":"Bidirectional"}] =>
                spec.containers[0].volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged
                containers
            /spec/containers/0/volumeMounts = [{"name":"v","mountPath":"/x","recursiveReadOnly":"Enabled"}] =>
                spec.containers[0].volumeMounts.recursiveReadOnly: Forbidden: may only be specified when readOnly is true
            /spec/containers/0/volumeMounts = [{"name":"v","mountPath":"/x","recursiveReadOnly":"Some"}] =>
                spec.containers[0].volumeMounts.recursiveReadOnly: Unsupported value: "Some": supported values: "Disabled", "Enabled",
                "IfPossible"
            /spec/containers/0/volumeDevices = [{"name":"v","devicePath":"/dev/x"}] => spec.containers[0].volumeDevices[0].name: Invalid value:
                "v": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode
            /spec/containers/0/volumeDevices = [{"name":"c","devicePath":"/dev/../x"}] => spec.containers[0].volumeDevices[0].devicePath:
                Invalid value: "/dev/../x": can not contain backsteps ('..')
            /spec/containers/0/volumeDevices = [{"name":"c","devicePath":"/x"}] && /spec/containers/0/volumeMounts = [{"name":"c","mountPath":"/y"}] =>
                spec.containers[0].volumeMounts[0].name: Invalid value: "c": must not already exist in volumeDevices |
                spec.containers[0].volumeDevices[0].name: Invalid value: "c": must not already exist in volumeMounts
            """);
    }

    @TestFactory
    Stream<DynamicTest> probesAndHooks() {
        return refused("""
            /spec/containers/0/livenessProbe = {} => spec.containers[0].livenessProbe: Required value: must specify a handler type
            /spec/containers/0/livenessProbe = {"exec":{"command":["x"]},"tcpSocket":{"port":1}} =>
                spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type
            /spec/containers/0/livenessProbe = {"exec":{}} => spec.containers[0].livenessProbe.exec.command: Required value
            /spec/containers/0/readinessProbe = {"httpGet":{"port":"http","scheme":"FTP","httpHeaders":[{"name":"a b","value":""}]}} =>
                spec.containers[0].readinessProbe.httpGet.scheme: Unsupported value: "FTP": supported values: "HTTP", "HTTPS" |
                spec.containers[0].readinessProbe.httpGet.httpHeaders: Invalid value: "a b": a valid HTTP header must consist of alphanumeric
                characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')
            /spec/containers/0/livenessProbe = {"tcpSocket":{"port":0}} =>
                spec.containers[0].livenessProbe.tcpSocket.port: Invalid value: 0: must be between 1 and 65535, inclusive
            /spec/containers/0/livenessProbe = {"grpc":{"port":1},"successThreshold":2} =>
                spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1
            /spec/containers/0/readinessProbe = {"grpc":{"port":1},"terminationGracePeriodSeconds":3} =>
                spec.containers[0].readinessProbe.terminationGracePeriodSeconds: Invalid value: 3: must not be set for readinessProbes
            /spec/containers/0/startupProbe = {"grpc":{"port":1},"periodSeconds":-1} =>
                spec.containers[0].startupProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0
            /spec/containers/0/lifecycle = {"preStop":{"sleep":{"seconds":31}}} => spec.containers[0].lifecycle.preStop.sleep: Invalid value: 31:
                must be non-negative and less than terminationGracePeriodSeconds (30)
            /spec/containers/0/lifecycle = {"stopSignal":"SIGTERM"} =>
                spec.containers[0].lifecycle.stopSignal: Forbidden: may not be set for containers with empty `spec.os.name`
            /spec/os = {"name":"windows"} && /spec/containers/0/lifecycle = {"stopSignal":"SIGHUP"} =>
                spec.containers[0].lifecycle.stopSignal: Unsupported value: "SIGHUP": supported values: "SIGKILL", "SIGTERM"
            /spec/os = {"name":"linux"} && /spec/containers/0/lifecycle = {"stopSignal":"SIGRTMIN+3"} => fine
            """);
    }

    @TestFactory
    Stream<DynamicTest> resources() {
        return refused("""
            /spec/containers/0/resources = {"requests":{"gpu":"1"}} =>
                spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified |
                spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource for containers
            /spec/containers/0/resources = {"limits":{"cpu":"-1"}} =>
                spec.containers[0].resources.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0 |
                spec.containers[0].resources.requests[cpu]: Invalid value: "-1": must be greater than or equal to 0
            /spec/containers/0/resources = {"limits":{"cpu":"1"},"requests":{"cpu":"2"}} =>
                spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1
            /spec/containers/0/resources = {"limits":{"example.com/g":"2"},"requests":{"example.com/g":"1"}} =>
                spec.containers[0].resources.requests: Invalid value: "1": must be equal to example.com/g limit of 2
            /spec/containers/0/resources = {"requests":{"example.com/g":"1"}} =>
                spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources
            /spec/containers/0/resources = {"limits":{"example.com/g":"1500m"}} =>
                spec.containers[0].resources.limits[example.com/g]: Invalid value: "1500m": must be an integer |
                spec.containers[0].resources.requests[example.com/g]: Invalid value: "1500m": must be an integer
            /spec/containers/0/resources = {"limits":{"hugepages-2Mi":"4Mi"}} =>
                spec.containers[0].resources: Forbidden: HugePages require cpu or memory
            /spec/containers/0/resources = {"limits":{"hugepages-2Mi":"3Mi","cpu":"1"}} =>
                spec.containers[0].resources.limits[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi |
                spec.containers[0].resources.requests[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi
            /spec/containers/0/resources = {"claims":[{"name":"x"}]} => spec.containers[0].resources.claims[0]: Not found: "x":
                must be one of the names in pod.spec.resourceClaims which is empty
            /spec/resourceClaims = [{"name":"r"}] => spec.resourceClaims[0]: Invalid value: {"name":"r"}: must specify one of: `resourceClaimName`,
                `resourceClaimTemplateName`
            /spec/resourceClaims = [{"name":"r","resourceClaimName":"c"}] && /spec/containers/0/resources = {"claims":[{"name":"r","request":"a"},
                {"name":"r"}]} => spec.containers[0].resources.claims[1]: Duplicate value: "r"
            /spec/containers/0/resizePolicy = [{"resourceName":"disk","restartPolicy":"NotRequired"}] =>
                spec.containers[0].resizePolicy: Unsupported value: "disk": supported values: "cpu", "memory"
            /spec/restartPolicy = "Never" && /spec/containers/0/resizePolicy = [{"resourceName":"cpu","restartPolicy":"RestartContainer"}] =>
                spec.containers[0].resizePolicy: Invalid value: "RestartContainer": must be 'NotRequired' when pod `restartPolicy` is 'Never'
            /spec/resources = {"limits":{"cpu":"1"}} && /spec/containers/0/resources = {"requests":{"cpu":"2"}} =>
                spec.resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1
            /spec/resources = {"requests":{"cpu":"1"}} && /spec/containers/0/resources = {"requests":{"cpu":"2"}} =>
                spec.resources.requests[cpu]: Invalid value: "1": must be greater than or equal to aggregate container requests of 2
            /spec/resources = {"requests":{"example.com/x":"1"},"limits":{"example.com/x":"1"}} =>
                spec.resources.limits[example.com/x]: Unsupported value: "example.com/x": supported values: "cpu", "memory" |
                spec.resources.requests[example.com/x]: Unsupported value: "example.com/x": supported values: "cpu", "memory"
            /spec/overhead = {"cpu":"-1"} => spec.overhead.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0
            """);
    }

    @TestFactory
    Stream<DynamicTest> security() {
        return refused("""
            /spec/securityContext/runAsUser = -1 => spec.securityContext.runAsUser: Invalid value: -1: must be between 0 and 4294967295, inclusive
            /spec/securityContext/supplementalGroups = [-1] =>
                spec.securityContext.supplementalGroups[0]: Invalid value: -1: must be between 0 and 4294967295, inclusive
            /spec/securityContext/supplementalGroupsPolicy = "All" =>
                spec.securityContext.supplementalGroupsPolicy: Unsupported value: "All": supported values: "Merge", "Strict"
            /spec/securityContext/fsGroupChangePolicy = "Once" =>
                spec.securityContext.fsGroupChangePolicy: Unsupported value: "Once": supported values: "Always", "OnRootMismatch"
            /spec/securityContext/seLinuxChangePolicy = "Once" =>
                spec.securityContext.seLinuxChangePolicy: Unsupported value: "Once": supported values: "Recursive"
            /spec/securityContext/seccompProfile = {"type":"Localhost"} =>
                spec.securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost
            /spec/securityContext/seccompProfile = {} =>
                spec.securityContext.seccompProfile.type: Required value: type is required when seccompProfile is set
            /spec/containers/0/securityContext = {"seccompProfile":{"type":"Unconfined","localhostProfile":"x"}} =>
                spec.containers[0].securityContext.seccompProfile.localhostProfile: Invalid value:
                {"type":"Unconfined","localhostProfile":"x"}: can only be set when seccomp type is Localhost
            /spec/containers/0/securityContext = {"appArmorProfile":{"type":"Localhost","localhostProfile":" x"}} =>
                spec.containers[0].securityContext.appArmorProfile.localhostProfile: Invalid value: " x": must not be padded with whitespace
            /spec/securityContext/sysctls = [{"name":"A","value":"1"}] => spec.securityContext.sysctls[0].name: Invalid value: "A": must have at
                most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$
            /spec/hostNetwork = true && /spec/securityContext/sysctls = [{"name":"net.core.somaxconn","value":"1"}] =>
                spec.securityContext.sysctls[0].name: Invalid value: "net.core.somaxconn": may not be specified when 'hostNetwork' is true
            /spec/containers/0/securityContext = {"procMount":"Unmasked"} =>
                spec.containers[0].securityContext.procMount: Invalid value: "Unmasked": `hostUsers` must be false to use `Unmasked`
            /spec/containers/0/securityContext = {"allowPrivilegeEscalation":false,"privileged":true} =>
                spec.containers[0].securityContext: Invalid value: {"allowPrivilegeEscalation":false,"privileged":true}:
                cannot set `allowPrivilegeEscalation` to false and `privileged` to true
            /spec/hostUsers = false && /spec/hostPID = true => spec.HostPID: Forbidden: when `hostUsers` is false
            /spec/hostPID = true && /spec/shareProcessNamespace = true =>
                spec.securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled
            """);
    }

    @TestFactory
    Stream<DynamicTest> operatingSystems() {
        return refused("""
            /spec/os = {} => spec.os.name: Required value
            /spec/os = {"name":"beos"} => spec.os: Unsupported value: "beos": supported values: "linux", "windows"
            /spec/os = {"name":"linux"} && /spec/securityContext/windowsOptions = {} =>
                spec.securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod
            /spec/os = {"name":"windows"} && /spec/containers/0/securityContext = {"runAsUser":1} =>
                spec.containers[0].securityContext.runAsUser: Forbidden: cannot be set for a windows pod
            /spec/os = {"name":"windows"} && /spec/hostUsers = true => spec.hostUsers: Forbidden: cannot be set for a windows pod
            /spec/securityContext/windowsOptions = {"hostProcess":true} =>
                spec.hostNetwork: Invalid value: false: hostNetwork must be true if pod contains any hostProcess containers
            /spec/securityContext/windowsOptions = {"runAsUserName":"a/b"} => spec.securityContext.windowsOptions.runAsUserName: Invalid value:
                "a/b": runAsUserName's User cannot contain the following characters: "/\\:;|=,+*?<>@[]
            /spec/securityContext/windowsOptions = {"gmsaCredentialSpec":""} => spec.securityContext.windowsOptions.gmsaCredentialSpec: Invalid
                value: "": gmsaCredentialSpec cannot be an empty string
            """);
    }

    @TestFactory
    Stream<DynamicTest> scheduling() {
        return refused("""
            /spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution = {} =>
                spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term
            /spec/affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution = [{"weight":0,"podAffinityTerm":{"topologyKey":"k"}}] =>
                spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the range 1-100
            /spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution = [{"topologyKey":"k","matchLabelKeys":["a"]}] =>
                spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].matchLabelKeys: Forbidden: must not be specified when
                labelSelector is not set
            /spec/topologySpreadConstraints = [{"maxSkew":0,"topologyKey":"","whenUnsatisfiable":"Maybe"}] =>
                spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero |
                spec.topologySpreadConstraints[0].topologyKey: Required value: can not be empty |
                spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "Maybe": supported values: "DoNotSchedule", "ScheduleAnyway"
            /spec/topologySpreadConstraints = [{"maxSkew":1,"topologyKey":"k","whenUnsatisfiable":"ScheduleAnyway","minDomains":1}] =>
                spec.topologySpreadConstraints[0].minDomains: Invalid value: 1: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not
                ScheduleAnyway
            /spec/topologySpreadConstraints = [{"maxSkew":1,"topologyKey":"k","whenUnsatisfiable":"ScheduleAnyway"},{"maxSkew":2,"topologyKey":"k",
                "whenUnsatisfiable":"ScheduleAnyway"}] =>
                spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: "{k, ScheduleAnyway}"
            /spec/tolerations = [{"operator":"Equal","value":"v"}] => spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists
                when `key` is empty, which means "match all values and all keys"
            /spec/tolerations = [{"key":"k","operator":"Exists","tolerationSeconds":1,"effect":"NoSchedule"}] =>
                spec.tolerations[0].effect: Invalid value: "NoSchedule": effect must be 'NoExecute' when `tolerationSeconds` is set
            /spec/tolerations = [{"key":"k","operator":"Like"}] => spec.tolerations[0].operator: Unsupported value: "Like": supported values:
                "Equal", "Exists"
            /spec/schedulingGates = [{"name":"g"},{"name":"g"}] => spec.schedulingGates[1]: Duplicate value: "g"
            /spec/schedulingGates = [{"name":"g"}] && /spec/nodeName = "n" =>
                spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared
            /spec/preemptionPolicy = "Always" => spec.preemptionPolicy: Unsupported value: "Always": supported values:
                "PreemptLowerPriority", "Never"
            /spec/priorityClassName = "A" => spec.priorityClassName: Invalid value: "A": $SUBDOMAIN
            /spec/runtimeClassName = "A" => spec.runtimeClassName: Invalid value: "A": $SUBDOMAIN
            """);
    }

    @TestFactory
    Stream<DynamicTest> namesAndTimes() {
        return refused("""
            /spec/restartPolicy = "Sometimes" => spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always",
                "OnFailure", "Never"
            /spec/dnsPolicy = "None" => spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None
            /spec/dnsConfig = {"nameservers":["1.1.1.1","2.2.2.2","3.3.3.3","4.4.4.4"]} => spec.dnsConfig.nameservers: Invalid value:
                ["1.1.1.1","2.2.2.2","3.3.3.3","4.4.4.4"]: must not have more than 3 nameservers
            /spec/dnsConfig = {"nameservers":["dns"]} => spec.dnsConfig.nameservers[0]: Invalid value: "dns": must be a valid IP address,
                (e.g. 10.9.8.7 or 2001:db8::ffff)
            /spec/dnsConfig = {"options":[{"value":"1"}]} => spec.dnsConfig.options[0]: Required value: must not be empty
            /spec/dnsConfig = {"searches":["_tcp.example.com","."]} => fine
            /spec/hostAliases = [{"ip":"host","hostnames":["A"]}] => spec.hostAliases[0].ip: Invalid value: "host": must be a valid IP address,
                (e.g. 10.9.8.7 or 2001:db8::ffff) | spec.hostAliases[0].hostnames[0]: Invalid value: "A": $SUBDOMAIN
            /spec/hostname = "A" => spec.hostname: Invalid value: "A": $LABEL
            /spec/hostnameOverride = "a" && /spec/setHostnameAsFQDN = true =>
                spec.hostnameOverride: Forbidden: may not be specified when setHostnameAsFQDN is true
            /spec/serviceAccountName = "A" => spec.serviceAccountName: Invalid value: "A": $SUBDOMAIN
            /spec/activeDeadlineSeconds = 0 => spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive
            /spec/readinessGates = [{"conditionType":"a/b"}] => fine
            /metadata/annotations/kubernetes.io~1config.mirror = "x" => metadata.annotations[kubernetes.io/config.mirror]: Invalid value: "x":
                must set spec.nodeName if mirror pod annotation is set
            /metadata/annotations/controller.kubernetes.io~1pod-deletion-cost = "1.5" =>
                metadata.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "1.5": must be a 32bit integer
            /metadata/annotations/container.apparmor.security.beta.kubernetes.io~1x = "strict" =>
                metadata.annotations[container.apparmor.security.beta.kubernetes.io/x]: Invalid value: "x": container not found |
                metadata.annotations[container.apparmor.security.beta.kubernetes.io/x]: Invalid value: "strict": invalid AppArmor profile name:
                "strict"
            """);
    }
}
