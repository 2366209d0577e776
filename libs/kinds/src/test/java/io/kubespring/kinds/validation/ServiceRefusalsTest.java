package io.kubespring.kinds.validation;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What Services, Endpoints and EndpointSlices are refused for: upstream's ValidateService and its like, line by line. */
class ServiceRefusalsTest {

    private static final String CLUSTER =
            "{'spec':{'clusterIP':'10.96.0.7','clusterIPs':['10.96.0.7'],'ipFamilies':['IPv4'],"
                    + "'ipFamilyPolicy':'SingleStack','ports':[{'port':80}]}}";
    private static final String BALANCED =
            "{'spec':{'type':'LoadBalancer','clusterIP':'10.96.0.7','clusterIPs':['10.96.0.7'],'ipFamilies':['IPv4'],"
                    + "'loadBalancerClass':'a/b','externalTrafficPolicy':'Local','healthCheckNodePort':30100,"
                    + "'ports':[{'port':80,'nodePort':30080}]}}";

    private final RefusalTable services = new RefusalTable("v1", "Service", CLUSTER);
    private final RefusalTable balanced = new RefusalTable("v1", "Service", BALANCED);
    private final RefusalTable endpoints = new RefusalTable(
            "v1", "Endpoints", "{'subsets':[{'addresses':[{'ip':'10.1.0.1'}],'ports':[{'port':80}]}]}");
    private final RefusalTable slices = new RefusalTable(
            "discovery.k8s.io/v1",
            "EndpointSlice",
            "{'addressType':'IPv4','endpoints':[{'addresses':['10.1.0.1']}],'ports':[{'port':80}]}");

    @TestFactory
    Stream<DynamicTest> addresses() {
        return services.create("""
            /spec/clusterIP = "10.96.0.8" => spec.clusterIPs: Invalid value: ["10.96.0.7"]: first value must match `clusterIP`
            /spec/clusterIP = null => spec.clusterIPs: Invalid value: ["10.96.0.7"]: must be empty when `clusterIP` is not specified
            /spec/clusterIPs = [] => spec.clusterIPs: Required value
            /spec/clusterIPs/0 = "010.96.0.7" && /spec/clusterIP = "010.96.0.7" =>
                spec.clusterIPs[0]: Invalid value: "010.96.0.7": must not have leading 0s
            /spec/clusterIPs = ["None","10.96.0.7"] && /spec/clusterIP = "None" =>
                spec.clusterIPs: Invalid value: ["None","10.96.0.7"]: 'None' must be the first and only value
            /spec/clusterIPs = ["10.96.0.7","fd00::1","10.96.0.8"] =>
                spec.clusterIPs: Invalid value: ["10.96.0.7","fd00::1","10.96.0.8"]: may only hold up to 2 values |
                spec.clusterIPs: Invalid value: ["10.96.0.7","fd00::1","10.96.0.8"]: may specify no more than one IP for each IP family
            /spec/ipFamilies = ["IPv6"] =>
                spec.clusterIPs[0]: Invalid value: "10.96.0.7": expected an IPv6 value as indicated by `ipFamilies[0]`
            /spec/ipFamilies = ["IPv4","IPv4"] => spec.ipFamilies[1]: Duplicate value: "IPv4"
            /spec/ipFamilies = ["IPv9"] => spec.ipFamilies[0]: Unsupported value: "IPv9": supported values: "IPv4", "IPv6"
            /spec/clusterIPs = ["10.96.0.7","fd00::1"] && /spec/ipFamilies = ["IPv4","IPv6"] && /spec/ipFamilyPolicy = "RequireDualStack" => fine
            """);
    }

    @TestFactory
    Stream<DynamicTest> types() {
        return services.create("""
            /spec/type = "NodePort" && /spec/ports/0/nodePort = 30000 => fine
            /spec/type = "NodePort" && /spec/ports = [{"name":"a","port":80,"nodePort":30000},{"name":"b","port":81,"nodePort":30000}] =>
                spec.ports[1].nodePort: Duplicate value: 30000
            /spec/type = "NodePort" && /spec/ports = [{"name":"a","port":53,"nodePort":30000},{"name":"b","port":53,"nodePort":30000,"protocol":"UDP"}] => fine
            /spec/clusterIP = "None" && /spec/clusterIPs = ["None"] && /spec/ports = null => fine
            /spec/type = "ExternalName" && /spec/externalName = "A.example" && /spec/clusterIP = null && /spec/clusterIPs = null && /spec/ipFamilies = null && /spec/ipFamilyPolicy = null =>
                spec.externalName: Invalid value: "A.example": a lowercase RFC 1123 subdomain must consist of lower case
                alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex
                used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
            /spec/type = "ExternalName" && /spec/externalName = "db.example." =>
                spec.clusterIPs: Forbidden: may not be set for ExternalName services |
                spec.ipFamilies: Forbidden: may not be set for ExternalName services |
                spec.ipFamilyPolicy: Forbidden: may not be set for ExternalName services
            /metadata/annotations = {"service.kubernetes.io/topology-mode":"Auto","service.kubernetes.io/topology-aware-hints":"off"} =>
                metadata.annotations[service.kubernetes.io/topology-mode]: Invalid value: "Auto": must match
                annotations[service.kubernetes.io/topology-aware-hints] when both are specified
            """);
    }

    @TestFactory
    Stream<DynamicTest> traffic() {
        return services.create("""
            /spec/internalTrafficPolicy = "Near" => spec.internalTrafficPolicy: Unsupported value: "Near": supported values: "Cluster", "Local"
            /spec/externalIPs = ["1.2.3.4"] && /spec/externalTrafficPolicy = "Near" =>
                spec.externalTrafficPolicy: Unsupported value: "Near": supported values: "Cluster", "Local"
            /spec/externalIPs = ["0.0.0.0"] => spec.externalIPs[0]: Invalid value: "0.0.0.0": may not be unspecified (0.0.0.0)
            /spec/externalIPs = ["1.2.3"] => spec.externalIPs[0]: Invalid value: "1.2.3": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
            /spec/sessionAffinity = "ClientIP" && /spec/sessionAffinityConfig = {"clientIP":{"timeoutSeconds":0}} =>
                spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 0: must be greater than 0 and less than 86400
            /spec/allocateLoadBalancerNodePorts = false =>
                spec.allocateLoadBalancerNodePorts: Forbidden: may only be used when `type` is 'LoadBalancer'
            /metadata/annotations = {"service.beta.kubernetes.io/load-balancer-source-ranges":"10.0.0.0/8"} =>
                metadata.annotations[service.beta.kubernetes.io/load-balancer-source-ranges]: Forbidden: may only be used when `type` is 'LoadBalancer'
            """);
    }

    @TestFactory
    Stream<DynamicTest> loadBalancers() {
        return balanced.create("""
            /spec/loadBalancerSourceRanges = [" 10.0.0.0/8 "] => fine
            /spec/loadBalancerSourceRanges = ["10.0.0.1/8"] =>
                spec.LoadBalancerSourceRanges[0]: Invalid value: "10.0.0.1/8": must not have bits set beyond the prefix length
            /spec/loadBalancerSourceRanges = ["10.0.0.0/08"] =>
                spec.LoadBalancerSourceRanges[0]: Invalid value: "10.0.0.0/08": must not have leading 0s in IP or prefix length
            /spec/loadBalancerSourceRanges = ["everywhere"] =>
                spec.LoadBalancerSourceRanges[0]: Invalid value: "everywhere": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)
            /spec/loadBalancerClass = "a/b/c" => spec.loadBalancerClass: Invalid value: "a/b/c": a valid label key must consist of
                alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName', or
                'my.name', or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS
                subdomain prefix and '/' (e.g. 'example.com/MyName')
            /spec/healthCheckNodePort = 70000 => spec.healthCheckNodePort: Invalid value: 70000: must be between 1 and 65535, inclusive
            """);
    }

    @TestFactory
    Stream<DynamicTest> changes() {
        return Stream.concat(services.update("""
            /spec/clusterIP = "10.96.0.8" && /spec/clusterIPs = ["10.96.0.8"] => spec.clusterIPs[0]: Invalid value: ["10.96.0.8"]: may not change once set
            /spec/clusterIP = null && /spec/clusterIPs = null => spec.clusterIPs[0]: Invalid value: null: primary clusterIP can not be unset
            /spec/clusterIP = "None" && /spec/clusterIPs = ["None"] => spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set
            /spec/clusterIPs = ["10.96.0.7","fd00::1"] && /spec/ipFamilies = ["IPv4","IPv6"] && /spec/ipFamilyPolicy = "RequireDualStack" => fine
            """), balanced.update("""
                /spec/loadBalancerClass = "c/d" => spec.loadBalancerClass: Invalid value: "c/d": may not change once set
                /spec/loadBalancerClass = null => spec.loadBalancerClass: Invalid value: null: may not change once set
                /spec/healthCheckNodePort = 30101 => spec.healthCheckNodePort: Forbidden: field is immutable
                """));
    }

    @TestFactory
    Stream<DynamicTest> status() {
        return Stream.concat(services.update("status", """
            /status/loadBalancer/ingress = [{"hostname":"a.example"}] =>
                status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is 'LoadBalancer'
            """), balanced.update("status", """
                /status/loadBalancer/ingress = [{"ip":"1.2.3.4","ipMode":"Proxy"}] => fine
                /status/loadBalancer/ingress = [{"ip":"1.2.3.400"}] => status.loadBalancer.ingress[0].ip: Invalid value: "1.2.3.400":
                    must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
                /status/loadBalancer/ingress = [{"ipMode":"VIP"}] =>
                    status.loadBalancer.ingress[0].ipMode: Forbidden: may not be specified when `ip` is not set
                /status/loadBalancer/ingress = [{"ip":"1.2.3.4","ipMode":"Odd"}] =>
                    status.loadBalancer.ingress[0].ipMode: Unsupported value: "Odd": supported values: "Proxy", "VIP"
                /status/loadBalancer/ingress = [{"hostname":"1.2.3.4"}] =>
                    status.loadBalancer.ingress[0].hostname: Invalid value: "1.2.3.4": must be a DNS name, not an IP address
                """));
    }

    @TestFactory
    Stream<DynamicTest> endpoints() {
        return endpoints.create("""
            /subsets/0/addresses/0/ip = "010.1.0.1" => subsets[0].addresses[0].ip: Invalid value: "010.1.0.1": must not have leading 0s
            /subsets/0/addresses/0/ip = "224.0.0.1" => subsets[0].addresses[0].ip: Invalid value: "224.0.0.1": may not be in the
                link-local multicast range (224.0.0.0/24, ff02::/10)
            /subsets/0/addresses/0/hostname = "a.b" => subsets[0].addresses[0].hostname: Invalid value: "a.b": must not contain dots
            /subsets/0/ports/0/appProtocol = "a b" => subsets[0].ports[0].appProtocol: Invalid value: "a b": name part must consist of
                alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName', or
                'my.name', or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
            """);
    }

    @TestFactory
    Stream<DynamicTest> slices() {
        return slices.create("""
            /addressType = "FQDN" && /endpoints/0/addresses = ["host"] => endpoints[0].addresses[0]: Invalid value: "host": should be a
                domain with at least two segments separated by dots
            /addressType = "IPv6" => endpoints[0].addresses: Invalid value: "10.1.0.1": must be an IPv6 address
            /endpoints/0/hints = {"forZones":[{"name":"a b"}]} => endpoints[0].hints.forZones[0].name: Invalid value: "a b": a valid label
                must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an
                alphanumeric character (e.g. 'MyValue', or 'my_value', or '12345', regex used for validation is
                '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
            /endpoints/0/hints = {"forNodes":[{"name":"n"},{"name":"n"}]} => endpoints[0].hints.forNodes[1].name: Duplicate value: "n"
            /endpoints/0/hints = {"forZones":[{"name":"1"},{"name":"2"},{"name":"3"},{"name":"4"},{"name":"5"},{"name":"6"},{"name":"7"},{"name":"8"},{"name":"9"}]} =>
                endpoints[0].hints.forZones: Too many: 9: must have at most 8 items
            """);
    }
}
