package io.kubespring.apiserver.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kubernetes.client.proto.Runtime;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the protobuf form of an object: four bytes of magic, a {@code runtime.Unknown} that names apiVersion and kind, and
 * the object's message within. The result is the same tree that the JSON form would give.
 */
public final class ProtobufDecoder {

    private static final byte[] MAGIC = "k8s\0".getBytes(StandardCharsets.US_ASCII);

    /** Read by its descriptor like everything else: its generated class is of an old protobuf compiler. */
    private static final Descriptor ENVELOPE = Runtime.getDescriptor().findMessageTypeByName("Unknown");

    private ProtobufDecoder() {}

    /**
     * @param schema of the object, which tells embedded structs from fields
     * @throws StatusException 400 where the bytes are no object that we know
     */
    public static ObjectNode decode(byte[] body, Schema schema) {
        if (body.length < MAGIC.length || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw StatusException.badRequest(
                    "provided data does not appear to be a protobuf message, " + "expected prefix [107 56 115 0]");
        }
        try {
            DynamicMessage envelope = DynamicMessage.parseFrom(
                    ENVELOPE, ByteString.copyFrom(body, MAGIC.length, body.length - MAGIC.length));
            var typeMeta = (DynamicMessage) field(envelope, "typeMeta");
            String apiVersion = String.valueOf(field(typeMeta, "apiVersion"));
            String kind = String.valueOf(field(typeMeta, "kind"));
            Descriptor type = MessageTypes.of(apiVersion, kind);
            if (type == null) {
                throw StatusException.badRequest(
                        "no kind \"" + kind + "\" is registered for version \"" + apiVersion + "\" in protobuf");
            }
            ObjectNode object =
                    new MessageTree().of(DynamicMessage.parseFrom(type, (ByteString) field(envelope, "raw")), schema);
            object.put("apiVersion", apiVersion);
            object.put("kind", kind);
            return object;
        } catch (InvalidProtocolBufferException malformed) {
            throw StatusException.badRequest("error decoding protobuf: " + malformed.getMessage());
        }
    }

    private static Object field(DynamicMessage message, String name) {
        return message.getField(message.getDescriptorForType().findFieldByName(name));
    }
}
