package io.kubespring.kinds.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ServiceValidationTest {

    private final ValidationKit services = new ValidationKit("v1", "Service");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'ports':[{'port':80}] | ``",
                "'clusterIP':'None','clusterIPs':['None'] | ``",
                "'type':'ExternalName','externalName':'db.example.' | ``",
                "'selector':{'a':'b'} | spec.ports: Required value",
                "'ports':[{'port':0}] | spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive"
                        + ";spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive",
                "'ports':[{'port':80,'targetPort':'Web'}] | spec.ports[0].targetPort: Invalid value: \"Web\": must"
                        + " contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)",
                "'ports':[{'port':80},{'name':'b','port':81}] | spec.ports[0].name: Required value",
                "'ports':[{'name':'a','port':80},{'name':'a','port':81}] | spec.ports[1].name: Duplicate value: \"a\"",
                "'ports':[{'port':80,'protocol':'ICMP'}] | spec.ports[0].protocol: Unsupported value: \"ICMP\":"
                        + " supported values: \"SCTP\", \"TCP\", \"UDP\"",
                "'ports':[{'port':80,'nodePort':30000}] | spec.ports[0].nodePort: Forbidden: may not be used when"
                        + " `type` is 'ClusterIP'",
                "'type':'X','ports':[{'port':80}] | spec.type: Unsupported value: \"X\": supported values:"
                        + " \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"",
                "'type':'ExternalName' | spec.externalName: Required value",
                "'type':'NodePort','clusterIP':'None','clusterIPs':['None'],'ports':[{'port':80}] |"
                        + " spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for NodePort services",
                "'clusterIP':'10.0.0.300','clusterIPs':['10.0.0.300'],'ports':[{'port':80}] | spec.clusterIPs[0]:"
                        + " Invalid value: \"10.0.0.300\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
                "'sessionAffinity':'Sticky','ports':[{'port':80}] | spec.sessionAffinity: Unsupported value:"
                        + " \"Sticky\": supported values: \"ClientIP\", \"None\"",
                "'sessionAffinity':'ClientIP','sessionAffinityConfig':{'clientIP':{'timeoutSeconds':90000}},'ports':[{'port':80}]"
                        + " | spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 90000: must be greater"
                        + " than 0 and less than 86400",
                "'externalTrafficPolicy':'Local','ports':[{'port':80}] | spec.externalTrafficPolicy: Invalid value:"
                        + " \"Local\": may only be set for externally-accessible services",
            })
    void whatIsWrongWithANewService(String spec, String expected) {
        assertThat(services.create("{'spec':{" + spec + "}}"))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(";")));
    }

    @Test
    void namesMayStartWithADigit() {
        assertThat(services.create("{'metadata':{'name':'1a'},'spec':{'ports':[{'port':80}]}}"))
                .isEmpty();
        assertThat(services.create("{'metadata':{'name':'a.b'},'spec':{'ports':[{'port':80}]}}"))
                .containsExactly("metadata.name: Invalid value: \"a.b\": must not contain dots");
    }

    @Test
    void theAddressMayNotChange() {
        assertThat(services.update(
                        "{'spec':{'clusterIP':'10.96.0.1','clusterIPs':['10.96.0.1'],'ports':[{'port':80}]}}", next -> {
                            ((ObjectNode) next.get("spec")).put("clusterIP", "10.96.0.2");
                            ((ObjectNode) next.get("spec"))
                                    .putArray("clusterIPs")
                                    .add("10.96.0.2");
                        }))
                .containsExactly("spec.clusterIPs[0]: Invalid value: [\"10.96.0.2\"]: may not change once set");
    }

    @Test
    void endpointsAndSlices() {
        assertThat(new ValidationKit("v1", "Endpoints").create("{'subsets':[{'ports':[{'port':80}]}]}"))
                .containsExactly("subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`");
        assertThat(new ValidationKit("v1", "Endpoints").create("{'subsets':[{'addresses':[{'ip':'127.0.0.1'}]}]}"))
                .containsExactly(
                        "subsets[0].addresses[0].ip: Invalid value: \"127.0.0.1\": may not be in the loopback range"
                                + " (127.0.0.0/8, ::1/128)");
        var slices = new ValidationKit("discovery.k8s.io/v1", "EndpointSlice");
        assertThat(slices.create("{'addressType':'IPv4','endpoints':[{'addresses':['fd00::1']}],'ports':[{'port':1}]}"))
                .containsExactly("endpoints[0].addresses: Invalid value: \"fd00::1\": must be an IPv4 address");
        assertThat(slices.create("{'endpoints':[]}")).containsExactly("addressType: Required value");
        assertThat(slices.update("{'addressType':'IPv4'}", "{'addressType':'IPv6'}"))
                .containsExactly("addressType: Invalid value: \"IPv6\": field is immutable");
    }

    @Test
    void ingressesAndPolicies() {
        var ingresses = new ValidationKit("networking.k8s.io/v1", "Ingress");
        assertThat(ingresses.create("{'spec':{}}"))
                .containsExactly("spec: Invalid value: null: either `defaultBackend` or `rules` must be specified");
        assertThat(ingresses.create("{'spec':{'rules':[{'http':{'paths':[{'path':'/','backend':"
                        + "{'service':{'name':'a','port':{'number':80}}}}]}}]}}"))
                .containsExactly("spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified");
        assertThat(new ValidationKit("networking.k8s.io/v1", "NetworkPolicy")
                        .create("{'spec':{'ingress':[{'from':[{'ipBlock':{'cidr':'10.0.0.0'}}]}]}}"))
                .containsExactly(
                        "spec.ingress[0].from[0].ipBlock.cidr: Invalid value: \"10.0.0.0\": must be a valid CIDR"
                                + " value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
    }
}
