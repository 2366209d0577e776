package io.kubespring.kinds.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageValidationTest {

    private static final String VOLUME = "'accessModes':['ReadWriteOnce'],'capacity':{'storage':'1Gi'}";
    private static final String CLAIM = "'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'2Gi'}}";

    private final ValidationKit volumes = new ValidationKit("v1", "PersistentVolume");
    private final ValidationKit claims = new ValidationKit("v1", "PersistentVolumeClaim");
    private final ValidationKit classes = new ValidationKit("storage.k8s.io/v1", "StorageClass");
    private final ValidationKit attributes = new ValidationKit("storage.k8s.io/v1", "VolumeAttributesClass");
    private final ValidationKit attachments = new ValidationKit("storage.k8s.io/v1", "VolumeAttachment");
    private final ValidationKit drivers = new ValidationKit("storage.k8s.io/v1", "CSIDriver");
    private final ValidationKit nodes = new ValidationKit("storage.k8s.io/v1", "CSINode");
    private final ValidationKit capacities = new ValidationKit("storage.k8s.io/v1", "CSIStorageCapacity");
    private final ValidationKit runtimes = new ValidationKit("node.k8s.io/v1", "RuntimeClass");

    private static List<String> lines(String expected) {
        return expected.isEmpty() ? List.of() : List.of(expected.split(";;"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'hostPath':{'path':'/data'} | ``",
                "'hostPath':{} | spec.hostPath.path: Required value",
                "'hostPath':{'path':'/a/../b'} | spec.hostPath.path: Invalid value: \"/a/../b\": must not contain '..'",
                "'gcePersistentDisk':{'partition':300} | spec.persistentDisk.pdName: Required"
                        + " value;;spec.persistentDisk.partition: Invalid value: 300: must be between 1 and 255,"
                        + " inclusive",
                "'awsElasticBlockStore':{} | spec.awsElasticBlockStore.volumeID: Required value",
                "'glusterfs':{'endpoints':'e'} | spec.glusterfs.path: Required value",
                "'flocker':{} | spec.flocker: Required value: one of datasetName and datasetUUID is required",
                "'nfs':{'server':'s','path':'data'} | spec.nfs.path: Invalid value: \"data\": must be an absolute path",
                "'rbd':{'monitors':['m']} | spec.rbd.image: Required value",
                "'quobyte':{'registry':'r:1'} | spec.quobyte.volume: Required value",
                "'cephfs':{} | spec.cephfs.monitors: Required value",
                "'iscsi':{'targetPortal':'p','iqn':'x','lun':0} | spec.iscsi.iqn: Invalid value: \"x\": must be valid"
                        + " format starting with iqn, eui, or naa",
                "'cinder':{} | spec.cinder.volumeID: Required value",
                "'fc':{} | spec.fc.targetWWNs: Required value: must specify either targetWWNs or wwids, but not both",
                "'fc':{'targetWWNs':['a']} | spec.fc.lun: Required value: lun is required if targetWWNs is specified",
                "'flexVolume':{} | spec.flexVolume.driver: Required value",
                "'azureFile':{'secretName':'s'} | spec.azureFile.shareName: Required value",
                "'vsphereVolume':{} | spec.vsphereVolume.volumePath: Required value",
                "'photonPersistentDisk':{} | spec.photonPersistentDisk.pdID: Required value",
                "'portworxVolume':{} | spec.portworxVolume.volumeID: Required value",
                "'azureDisk':{'diskName':'d'} | spec.azureDisk.diskURI: Required value;;spec.azureDisk.diskURI:"
                        + " Unsupported value: \"\": supported values:"
                        + " \"https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd\"",
                "'scaleIO':{'gateway':'g','system':'s'} | spec.scaleIO.volumeName: Required value",
                "'local':{'path':'/x'} | spec.nodeAffinity: Required value: Local volume requires node affinity",
                "'csi':{'driver':'d'} | spec.csi.volumeHandle: Required value",
                "'csi':{'driver':'d','volumeHandle':'h','nodePublishSecretRef':{'name':'s'}} |"
                        + " spec.csi.nodePublishSecretRef.namespace: Required value",
                "'azureFile':{'secretName':'s','shareName':'t','secretNamespace':''} | spec.azureFile.secretNamespace:"
                        + " Required value",
                "'glusterfs':{'endpoints':'e','path':'p','endpointsNamespace':''} | spec.glusterfs.endpointsNamespace:"
                        + " Invalid value: \"\": if the endpointnamespace is set, it must be a valid namespace name",
                "'cinder':{'volumeID':'v','secretRef':{'name':'s'}} | spec.cinder.secretRef.namespace: Required value",
                "'rbd':{'monitors':['m'],'image':'i','secretRef':{}} | ``",
                "'hostPath':{'path':'/x','type':'Pipe'} | spec.hostPath.type: Unsupported value: \"Pipe\": supported"
                        + " values: \"\", \"BlockDevice\", \"CharDevice\", \"Directory\", \"DirectoryOrCreate\", \"File\","
                        + " \"FileOrCreate\", \"Socket\"",
                "'nfs':{'server':'s','path':'/d'},'csi':{'driver':'d','volumeHandle':'h'} | spec.csi: Forbidden: may"
                        + " not specify more than 1 volume type",
                "'volumeAttributesClassName':'a','nfs':{'server':'s','path':'/d'} | spec.csi: Required value: has to be"
                        + " specified when using volumeAttributesClassName",
                "'x':{} | spec: Required value: must specify a volume type",
            })
    void whatIsWrongWithTheSourceOfAVolume(String source, String expected) {
        assertThat(volumes.create("{'spec':{" + VOLUME + "," + source + "}}")).isEqualTo(lines(expected));
    }

    @Test
    void aVolumeHasASizeAndModesThatFitTogether() {
        assertThat(volumes.create("{'spec':{'nfs':{'server':'s','path':'/d'}}}"))
                .containsExactly(
                        "spec.accessModes: Required value",
                        "spec.capacity: Required value",
                        "spec.capacity: Unsupported value: null: supported values: \"storage\"");
        assertThat(volumes.create("{'spec':{'nfs':{'server':'s','path':'/d'},'capacity':{'storage':'0'},'accessModes':"
                        + "['ReadWriteOncePod','ReadOnlyMany']}}"))
                .containsExactly(
                        "spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes",
                        "spec.capacity[storage]: Invalid value: \"0\": must be greater than zero");
    }

    @Test
    void whereAVolumesDataLiesIsFixed() {
        String volume = "{'spec':{" + VOLUME + ",'csi':{'driver':'d','volumeHandle':'h'}}}";
        assertThat(volumes.update(volume, volume.replace("'h'", "'i'")))
                .containsExactly(
                        "spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after"
                                + " creation\n");
        assertThat(volumes.update(
                        volume, volume.replace("'h'", "'h','controllerExpandSecretRef':{'name':'a','namespace':'b'}")))
                .isEmpty();
        assertThat(volumes.update(volume, volume.replace("'csi'", "'volumeMode':'Block','csi'")))
                .containsExactly("volumeMode: Invalid value: \"Block\": field is immutable");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'accessModes':['ReadWriteOnce'] | spec.resources[storage]: Required value",
                "'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'-1'}} | spec.resources[storage]:"
                        + " Invalid value: \"-1\": must be greater than zero",
                "'resources':{'requests':{'storage':'1'}} | spec.accessModes: Required value: at least 1 access mode is"
                        + " required",
                "'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1'}},'dataSource':{'kind':'Pod','name':'a'}"
                        + " | spec.dataSource: Invalid value: \"Pod\": must be 'PersistentVolumeClaim' when referencing"
                        + " the default apiGroup",
                "'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1'}},'dataSource':{'kind':'PersistentVolumeClaim','name':'a'},'dataSourceRef':{'kind':'PersistentVolumeClaim','name':'b'}"
                        + " | spec: Invalid value: {}: must match dataSourceRef",
            })
    void whatIsWrongWithANewClaim(String spec, String expected) {
        assertThat(claims.create("{'spec':{" + spec + "}}")).isEqualTo(lines(expected));
    }

    @Test
    void aBoundClaimMayGrowAndTakeAFailedGrowthBack() {
        String bound =
                "{'spec':{" + CLAIM + ",'volumeName':'v'},'status':{'phase':'Bound','capacity':{'storage':'1Gi'}}}";
        assertThat(claims.update(bound, bound.replace("2Gi", "3Gi"))).isEmpty();
        assertThat(claims.update(bound, bound.replace("2Gi", "1500Mi"))).isEmpty();
        assertThat(claims.update(bound, bound.replace("2Gi", "512Mi")))
                .containsExactly(
                        "spec.resources.requests.storage: Forbidden: field can not be less than" + " status.capacity");
        assertThat(claims.update(bound, bound.replace("'v'", "'w'")))
                .containsExactly("spec: Forbidden: spec is immutable after creation except resources.requests and"
                        + " volumeAttributesClassName for bound claims\n");
    }

    @Test
    void aPendingClaimIsOnlyBound() {
        String pending = "{'spec':{" + CLAIM + "},'status':{'phase':'Pending'}}";
        assertThat(claims.update(pending, pending.replace("'resources'", "'volumeName':'v','resources'")))
                .isEmpty();
        assertThat(claims.update(pending, pending.replace("2Gi", "3Gi")))
                .containsExactly("spec: Forbidden: spec is immutable after creation except resources.requests and"
                        + " volumeAttributesClassName for bound claims\n");
    }

    @Test
    void storageClasses() {
        assertThat(classes.create("{'provisioner':'a.b/c','allowedTopologies':[{'matchLabelExpressions':[{'key':'z',"
                        + "'values':[]}]}]}"))
                .containsExactly("allowedTopologies[0].matchLabelExpressions[0].values: Required value");
        assertThat(classes.update(
                        "{'provisioner':'a.b/c','volumeBindingMode':'Immediate'}",
                        "{'provisioner':'a.b/d','volumeBindingMode':'Immediate','parameters':{'x':'y'}}"))
                .containsExactly(
                        "parameters: Invalid value: {\"x\":\"y\"}: field is immutable",
                        "provisioner: Invalid value: \"a.b/d\": field is immutable");
        assertThat(attributes.create("{'driverName':'d'}"))
                .containsExactly("parameters: Required value: must contain at least one key/value pair");
        assertThat(attributes.update(
                        "{'driverName':'d','parameters':{'a':'b'}}", "{'driverName':'e','parameters':{'a':'b'}}"))
                .containsExactly("driverName: Forbidden: updates to driverName are forbidden.");
    }

    @Test
    void volumeAttachments() {
        assertThat(attachments.create("{'spec':{'attacher':'d','nodeName':'n','source':{'persistentVolumeName':'v'}}}"))
                .isEmpty();
        assertThat(attachments.create("{'spec':{'attacher':'d','nodeName':'n','source':{}}}"))
                .containsExactly("spec.source: Required value: must specify exactly one of inlineVolumeSpec and"
                        + " persistentVolumeName");
        assertThat(
                        attachments.create(
                                "{'spec':{'attacher':'d','nodeName':'n','source':{'inlineVolumeSpec':"
                                        + "{'accessModes':['ReadWriteOnce'],'nfs':{'server':'s','path':'/d'},'capacity':{'storage':'1'}}}}}"))
                .containsExactly(
                        "spec.source.inlineVolumeSpec.capacity: Forbidden: may not be specified in the context of"
                                + " inline volumes",
                        "spec.source.inlineVolumeSpec.csi: Required value: has to be specified in the context of inline"
                                + " volumes");
        assertThat(attachments.update(
                        "{'spec':{'attacher':'d','nodeName':'n','source':{'persistentVolumeName':'v'}}}",
                        "{'spec':{'attacher':'d','nodeName':'m','source':{'persistentVolumeName':'v'}}}"))
                .singleElement()
                .asString()
                .endsWith("field is immutable");
    }

    @Test
    void csiDrivers() {
        assertThat(drivers.create("{'spec':{}}")).isEmpty();
        assertThat(
                        drivers.create(
                                "{'spec':{'fsGroupPolicy':'x','volumeLifecycleModes':['y'],'tokenRequests':[{'audience':"
                                        + "'a','expirationSeconds':1},{'audience':'a'}],'nodeAllocatableUpdatePeriodSeconds':1}}"))
                .containsExactly(
                        "spec.fsGroupPolicy: Unsupported value: \"x\": supported values: \"File\", \"None\","
                                + " \"ReadWriteOnceWithFSType\"",
                        "spec.tokenRequests[0].expirationSeconds: Invalid value: 1: may not specify a duration less"
                                + " than 10 minutes",
                        "spec.tokenRequests[1].audience: Duplicate value: \"a\"",
                        "spec.volumeLifecycleModes: Unsupported value: \"y\": supported values: \"Persistent\","
                                + " \"Ephemeral\"",
                        "spec.nodeAllocatableUpdatePeriodSeconds: Invalid value: 1: must be greater than or equal to 10"
                                + " seconds");
        assertThat(drivers.update("{'spec':{}}", "{'spec':{'attachRequired':false}}"))
                .containsExactly("spec.attachedRequired: Invalid value: false: field is immutable");
    }

    @Test
    void csiNodesAndCapacities() {
        assertThat(nodes.create("{'spec':{'drivers':[{'name':'d','nodeID':'n'},{'name':'d','nodeID':''}]}}"))
                .containsExactly(
                        "spec.drivers[1].nodeID: Required value", "spec.drivers[1].name: Duplicate value: \"d\"");
        String node = "{'spec':{'drivers':[{'name':'d','nodeID':'n','allocatable':{'count':1}}]}}";
        assertThat(nodes.update(node, node.replace("1}", "2}"))).isEmpty();
        assertThat(nodes.update(node, node.replace("'n'", "'m'")))
                .singleElement()
                .asString()
                .startsWith("spec.drivers: Invalid value:")
                .endsWith("field is immutable");
        assertThat(capacities.update(
                        "{'storageClassName':'a','capacity':'1Gi'}", "{'storageClassName':'b','capacity':'2Gi'}"))
                .containsExactly("storageClassName: Invalid value: \"b\": field is immutable");
    }

    @Test
    void runtimeClasses() {
        assertThat(runtimes.create("{'handler':'runc'}")).isEmpty();
        assertThat(runtimes.create("{'handler':'Runc','overhead':{'podFixed':{'cpu':'-1'}}}"))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("handler: Invalid value: \"Runc\": a lowercase RFC 1123 label must consist of");
        assertThat(runtimes.update("{'handler':'runc'}", "{'handler':'gvisor'}"))
                .containsExactly("handler: Invalid value: \"gvisor\": field is immutable");
    }
}
