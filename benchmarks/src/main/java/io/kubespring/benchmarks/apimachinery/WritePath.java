package io.kubespring.benchmarks.apimachinery;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.json.Json;
import io.kubespring.apimachinery.decode.ObjectDecoder;
import io.kubespring.apimachinery.fieldmanager.FieldManager;
import io.kubespring.apimachinery.fieldmanager.ManagerInfo;
import io.kubespring.apimachinery.patch.StrategicMergePatch;
import io.kubespring.apimachinery.protobuf.Protobuf;
import io.kubespring.apimachinery.structural.Defaulter;
import io.kubespring.apimachinery.structural.StructuralChecker;
import io.kubespring.kinds.defaulting.Defaults;
import io.kubespring.kinds.validation.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The steps that every write of a 7 KB Pod takes between its bytes and admission. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class WritePath {

    private static final GroupVersionKind POD = GroupVersionKind.of("v1", "Pod");
    private static final ManagerInfo APPLIER = new ManagerInfo("kubectl", ManagerInfo.APPLY, "v1", "");

    private final ObjectNode stored = SamplePod.stored();
    private final byte[] bytes = Json.write(stored);
    private final ObjectNode manifest = SamplePod.manifest();
    private final ObjectNode same = Json.readObject(bytes);
    private final ObjectNode unready = unready();
    private final byte[] protobuf = Protobuf.encode(bytes, "v1", "Pod");
    private final ObjectNode applied =
            FieldManager.apply(SamplePod.SCHEMA, null, manifest, APPLIER, false, Set.of(), SamplePod.NOW);
    private final JsonNode managedFields = stored.at("/metadata/managedFields");
    private final ObjectNode patch =
            (ObjectNode) Json.read("{\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"x\"}]}}");

    private ObjectNode unready() {
        ObjectNode pod = stored.deepCopy();
        SamplePod.reportStatus(pod, "Running", false);
        return pod;
    }

    /** The update's own managedFields, as a client sends them back. */
    private void restore(ObjectNode pod) {
        ((ObjectNode) pod.get("metadata")).set("managedFields", managedFields);
    }

    @Benchmark
    public JsonNode decodeWithJacksonOnly() {
        return Json.mapper().readTree(bytes);
    }

    @Benchmark
    public byte[] encode() {
        return Json.write(stored);
    }

    @Benchmark
    public byte[] encodeWithJacksonOnly() {
        return Json.mapper().writeValueAsBytes(stored);
    }

    @Benchmark
    public List<FieldError> validate() {
        return Validation.create(POD, stored);
    }

    @Benchmark
    public ObjectNode applyDefaults() {
        Defaulter.applyDefaults(same, SamplePod.SCHEMA);
        Defaults.apply(POD, same);
        return same;
    }

    @Benchmark
    public ObjectNode decode() {
        return ObjectDecoder.parse(bytes, "application/json", new ArrayList<>(0));
    }

    @Benchmark
    public StructuralChecker.Result check() {
        return StructuralChecker.check(same, SamplePod.SCHEMA);
    }

    @Benchmark
    public ObjectNode copy() {
        return stored.deepCopy();
    }

    @Benchmark
    public ObjectNode ownCreated() {
        return FieldManager.update(SamplePod.SCHEMA, null, manifest, SamplePod.CONTROLLER, Set.of(), SamplePod.NOW);
    }

    @Benchmark
    public ObjectNode ownUnchanged() {
        restore(same);
        return FieldManager.update(SamplePod.SCHEMA, stored, same, SamplePod.CONTROLLER, Set.of(), SamplePod.NOW);
    }

    @Benchmark
    public ObjectNode ownChangedStatus() {
        restore(unready);
        return FieldManager.update(
                SamplePod.SCHEMA, stored, unready, SamplePod.KUBELET, SamplePod.STATUS_RESETS, SamplePod.NOW);
    }

    /** A manifest applied again: nothing changes. */
    @Benchmark
    public ObjectNode applyAgain() {
        return FieldManager.apply(SamplePod.SCHEMA, applied, manifest, APPLIER, false, Set.of(), SamplePod.NOW);
    }

    @Benchmark
    public byte[] encodeProtobuf() {
        return Protobuf.encode(bytes, "v1", "Pod");
    }

    @Benchmark
    public ObjectNode decodeProtobuf() {
        return Protobuf.decode(protobuf);
    }

    @Benchmark
    public ObjectNode strategicMergePatch() {
        return StrategicMergePatch.apply(stored, patch, SamplePod.SCHEMA);
    }
}
