package io.kubespring.kinds.validation;

import io.kubespring.api.names.Names;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** resource.k8s.io: what claims ask for and are given, and what slices offer. */
class DeviceValidationTest {

    private static final String NO_REQUEST =
            "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

    private final RefusalTable claims = new RefusalTable("resource.k8s.io/v1", "ResourceClaim", """
        {"spec":{"devices":{"requests":[{"name":"gpu","exactly":{"deviceClassName":"gpu.example.com"}},
        {"name":"net","firstAvailable":[{"name":"fast","deviceClassName":"net.example.com"}]}],
        "constraints":[{"requests":["gpu","net/fast"],"matchAttribute":"example.com/numa"}]}}}
        """);
    private final RefusalTable allocated = new RefusalTable("resource.k8s.io/v1", "ResourceClaim", """
        {"spec":{"devices":{"requests":[{"name":"gpu","exactly":{"deviceClassName":"gpu.example.com"}}]}},
        "status":{"allocation":{"devices":{"results":[{"request":"gpu","driver":"example.com","pool":"a","device":"b"}]}}}}
        """);
    private final RefusalTable slices = new RefusalTable("resource.k8s.io/v1", "ResourceSlice", """
        {"spec":{"driver":"example.com","nodeName":"a","pool":{"name":"a","generation":1,"resourceSliceCount":1},
        "devices":[{"name":"b","attributes":{"model":{"string":"x"}},"capacity":{"memory":{"value":"8Gi"}}}]}}
        """);

    @TestFactory
    Stream<DynamicTest> whatAClaimAsksFor() {
        return claims.create("""
            /spec/devices/requests/1/name = "gpu" => spec.devices.requests[1]: Duplicate value: "gpu" |
              spec.devices.constraints[0].requests[1]: Invalid value: "net/fast": NO_REQUEST
            /spec/devices/requests/0/exactly = null => spec.devices.requests[0]: Required value: exactly one of `exactly` or
              `firstAvailable` is required
            /spec/devices/requests/0/firstAvailable = [{"name":"a","deviceClassName":"b"}] => spec.devices.requests[0]:
              Invalid value: null: exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set
            /spec/devices/requests/0/exactly/allocationMode = "Some" => spec.devices.requests[0].exactly.allocationMode:
              Unsupported value: "Some": supported values: "All", "ExactCount"
            /spec/devices/requests/0/exactly/count = -1 => spec.devices.requests[0].exactly.count: Invalid value: -1: must be
              greater than zero
            /spec/devices/requests/0/exactly/selectors = [{}] => spec.devices.requests[0].exactly.selectors[0].cel: Required
              value
            /spec/devices/requests/0/exactly/tolerations = [{"operator":"Exists","value":"x","effect":"Never"}] =>
              spec.devices.requests[0].exactly.tolerations[0].value: Invalid value: "x": must be empty for operator `Exists`
              | spec.devices.requests[0].exactly.tolerations[0].effect: Unsupported value: "Never": supported values:
              "NoExecute", "NoSchedule", "None"
            /spec/devices/constraints/0/requests/1 = "net/slow" => spec.devices.constraints[0].requests[1]: Invalid value:
              "net/slow": NO_REQUEST
            /spec/devices/constraints/0/matchAttribute = "numa" => spec.devices.constraints[0].matchAttribute: Invalid value:
              "numa": a fully qualified name must be a domain and a name separated by a slash
            /spec/devices/constraints/0/matchAttribute = null => spec.devices.constraints[0]: Required value: exactly one of
              "matchAttribute" or "distinctAttribute" is required, but multiple fields are set
            /spec/devices/config = [{"opaque":{"driver":"example.com","parameters":[]}}] =>
              spec.devices.config[0].opaque.parameters: Invalid value: "<value omitted>": must be a valid JSON object
            /spec/devices/config = [{}] => spec.devices.config[0].opaque: Required value
            """.replace("NO_REQUEST", NO_REQUEST));
    }

    @TestFactory
    Stream<DynamicTest> whatAClaimIsGiven() {
        return claims.update("status", """
            /status = {"reservedFor":[{"resource":"pods","name":"a","uid":"1"}]} => status.reservedFor: Forbidden: may not be
              specified when `allocated` is not set
            /status = {"allocation":{"devices":{"results":[{"request":"gpu","driver":"example.com","pool":"a","device":"b"}]}}}
              => fine
            /status = {"allocation":{"devices":{"results":[{"request":"x","driver":"example.com","pool":"a//b","device":"b","bindingConditions":["a"]}]}}}
              => status.allocation.devices.results[0].request: Invalid value: "x": NO_REQUEST |
              status.allocation.devices.results[0].pool: Invalid value: "": SUBDOMAIN |
              status.allocation.devices.results[0].bindingFailureConditions: Invalid value: null: bindingFailureConditions are
              required to use bindingConditions
            /status = {"devices":[{"driver":"example.com","pool":"a","device":"b"}]} => status.devices[0]: Invalid value:
              "example.com/a/b": must be an allocated device in the claim
            """.replace("NO_REQUEST", NO_REQUEST)
                .replace("SUBDOMAIN", String.join("", Names.dnsSubdomain(""))));
    }

    @TestFactory
    Stream<DynamicTest> anAllocationIsFixedUntilItIsTakenBack() {
        return allocated.update("status", """
            /status/allocation/devices/results/0/device = "c" => status.allocation: Invalid value:
              {"devices":{"results":[{"request":"gpu","driver":"example.com","pool":"a","device":"c"}]}}: field is immutable
            /status/allocation = null => fine
            /status/reservedFor = [{"resource":"pods","name":"a","uid":"1"}] => fine
            /status/reservedFor = [{"resource":"pods","name":"a","uid":"1"},{"resource":"pods","uid":"1"}] =>
              status.reservedFor[1].name: Required value | status.reservedFor[1]: Duplicate value: "1"
            /status/devices = [{"driver":"example.com","pool":"a","device":"b","shareID":"X"}] => status.devices[0].shareID:
              Invalid value: "X": error validating uid: invalid UUID length: 1 | status.devices[0]: Invalid value:
              "example.com/a/b/X": must be an allocated device in the claim
            """);
    }

    @TestFactory
    Stream<DynamicTest> whatASliceOffers() {
        return slices.create("""
            /spec/nodeName = null => spec: Required value: exactly one of `nodeName`, `nodeSelector`, `allNodes`,
              `perDeviceNodeSelection` is required
            /spec/allNodes = true => spec: Invalid value: "{`nodeName`, `allNodes`}": exactly one of `nodeName`,
              `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required, but multiple fields are set
            /spec/allNodes = false => spec.allNodes: Invalid value: false: must be either unset or set to true
            /spec/pool/resourceSliceCount = 0 => spec.pool.resourceSliceCount: Invalid value: 0: must be greater than zero
            /spec/pool/name = "" => spec.pool.name: Required value
            /spec/devices/1 = {"name":"b"} => spec.devices[1]: Duplicate value: "b"
            /spec/devices/0/attributes/model = {} => spec.devices[0].attributes[model]: Invalid value: "": exactly one value
              must be specified
            /spec/devices/0/attributes/model = {"version":"1"} => spec.devices[0].attributes[model].version: Invalid value:
              "1": must be a string compatible with semver.org spec 2.0.0
            /spec/devices/0/attributes = {"a-b":{"int":1}} => spec.devices[0].attributes: Invalid value: "a-b": a valid C
              identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'
              (e.g. 'my_name', or 'MY_NAME', or 'MyName', regex used for validation is '[A-Za-z_][A-Za-z0-9_]*')
            /spec/devices/0/allNodes = true => spec.devices[0]: Invalid value: null: `nodeName`, `nodeSelector` and
              `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec
            /spec/devices/0/taints = [{"key":"a"}] => spec.devices[0].taints[0].effect: Required value
            /spec/devices/0/capacity/memory/requestPolicy = {"default":"1Gi"} =>
              spec.devices[0].capacity[memory].requestPolicy: Forbidden: allowMultipleAllocations must be true
            /spec/devices/0/allowMultipleAllocations = true && /spec/devices/0/capacity/memory/requestPolicy = {"default":"3Gi","validRange":{"min":"1Gi","max":"16Gi"}}
              => spec.devices[0].capacity[memory].requestPolicy.validRange.max: Invalid value: "16Gi": max is larger than
              capacity value: 8Gi
            /spec/devices/0/allowMultipleAllocations = true && /spec/devices/0/capacity/memory/requestPolicy = {"default":"3Gi","validValues":["2Gi","1Gi"]}
              => spec.devices[0].capacity[memory].requestPolicy.validValues[1]: Invalid value: "1Gi": values must be sorted in
              ascending order | spec.devices[0].capacity[memory].requestPolicy.validValues: Invalid value: "3Gi": default value
              is not valid according to the requestPolicy
            /spec/devices/0/consumesCounters = [{"counterSet":"s"}] => spec.devices[0].consumesCounters[0].counters: Required
              value
            /spec/sharedCounters = [{"name":"s","counters":{"m":{"value":"1"}}}] => spec: Invalid value: "": only one of
              `sharedCounters` or `devices` is allowed
            """);
    }

    @TestFactory
    Stream<DynamicTest> whatStaysAsItIs() {
        return slices.update("""
            /spec/pool/name = "b" => spec.pool.name: Invalid value: "b": field is immutable
            /spec/driver = "b.example" => spec.driver: Invalid value: "b.example": field is immutable
            /spec/nodeName = "b" => spec.nodeName: Invalid value: "b": field is immutable
            /spec/pool/generation = 2 => fine
            """);
    }
}
