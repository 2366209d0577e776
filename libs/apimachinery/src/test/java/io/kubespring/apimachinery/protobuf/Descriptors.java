package io.kubespring.apimachinery.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.proto.IntStr;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Admissionregistration;
import io.kubernetes.client.proto.V1Apiextensions;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Autoscaling;
import io.kubernetes.client.proto.V1Batch;
import io.kubernetes.client.proto.V1Certificates;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Events;
import io.kubernetes.client.proto.V1Flowcontrol;
import io.kubernetes.client.proto.V1Networking;
import io.kubernetes.client.proto.V1Node;
import io.kubernetes.client.proto.V1Policy;
import io.kubernetes.client.proto.V1Rbac;
import io.kubernetes.client.proto.V1Resource;
import io.kubernetes.client.proto.V1Scheduling;
import io.kubernetes.client.proto.V1Storage;
import io.kubernetes.client.proto.V2Apidiscovery;
import io.kubernetes.client.proto.V2Autoscaling;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The official Java client's descriptors, under the names that our facts use. */
final class Descriptors {

    private static final Map<String, FileDescriptor> FILES = new LinkedHashMap<>();

    static {
        FILES.put("core.v1", V1.getDescriptor());
        FILES.put("meta.v1", Meta.getDescriptor());
        FILES.put("quantity", Resource.getDescriptor());
        FILES.put("intstr", IntStr.getDescriptor());
        FILES.put("runtime", Runtime.getDescriptor());
        FILES.put("admissionregistration.v1", V1Admissionregistration.getDescriptor());
        FILES.put("apiextensions.v1", V1Apiextensions.getDescriptor());
        FILES.put("apps.v1", V1Apps.getDescriptor());
        FILES.put("authentication.v1", V1Authentication.getDescriptor());
        FILES.put("authorization.v1", V1Authorization.getDescriptor());
        FILES.put("autoscaling.v1", V1Autoscaling.getDescriptor());
        FILES.put("autoscaling.v2", V2Autoscaling.getDescriptor());
        FILES.put("batch.v1", V1Batch.getDescriptor());
        FILES.put("certificates.v1", V1Certificates.getDescriptor());
        FILES.put("coordination.v1", V1Coordination.getDescriptor());
        FILES.put("discovery.v1", V1Discovery.getDescriptor());
        FILES.put("events.v1", V1Events.getDescriptor());
        FILES.put("flowcontrol.v1", V1Flowcontrol.getDescriptor());
        FILES.put("networking.v1", V1Networking.getDescriptor());
        FILES.put("node.v1", V1Node.getDescriptor());
        FILES.put("policy.v1", V1Policy.getDescriptor());
        FILES.put("rbac.v1", V1Rbac.getDescriptor());
        FILES.put("resource.v1", V1Resource.getDescriptor());
        FILES.put("scheduling.v1", V1Scheduling.getDescriptor());
        FILES.put("storage.v1", V1Storage.getDescriptor());
        FILES.put("apidiscovery.v2", V2Apidiscovery.getDescriptor());
    }

    private Descriptors() {}

    static Map<String, FileDescriptor> files() {
        return FILES;
    }

    static @Nullable Descriptor of(String name) {
        int dot = name.lastIndexOf('.');
        FileDescriptor file = FILES.get(name.substring(0, dot));
        return file == null ? null : file.findMessageTypeByName(name.substring(dot + 1));
    }
}
