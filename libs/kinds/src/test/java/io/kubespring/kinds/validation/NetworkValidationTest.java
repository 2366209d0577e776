package io.kubespring.kinds.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.warnings.NetworkWarnings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkValidationTest {

    private final ValidationKit cidrs = new ValidationKit("networking.k8s.io/v1", "ServiceCIDR");
    private final ValidationKit addresses = new ValidationKit("networking.k8s.io/v1", "IPAddress");
    private final ValidationKit classes = new ValidationKit("networking.k8s.io/v1", "IngressClass");
    private final ValidationKit ingresses = new ValidationKit("networking.k8s.io/v1", "Ingress");

    private static List<String> lines(String expected) {
        return expected.isEmpty() ? List.of() : List.of(expected.split(";;"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "['10.1.0.0/16'] | ``",
                "['10.1.0.0/16','fd00::/112'] | ``",
                "[] | spec.cidrs: Required value: at least one CIDR required",
                "['10.1.0.0/16','fd00::/112','10.2.0.0/16'] | spec.cidrs: Invalid value:"
                        + " {\"CIDRs\":[\"10.1.0.0/16\",\"fd00::/112\",\"10.2.0.0/16\"]}: may only hold up to 2 values",
                "['10.1.0.0/16','10.2.0.0/16'] | spec.cidrs: Invalid value: [\"10.1.0.0/16\",\"10.2.0.0/16\"]: may"
                        + " specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64",
                "['10.1.0.1/16'] | spec.cidrs[0]: Invalid value: \"10.1.0.1/16\": must not have bits set beyond the"
                        + " prefix length",
                "['FD00::/112'] | spec.cidrs[0]: Invalid value: \"FD00::/112\": must be in canonical form"
                        + " (\"fd00::/112\")",
                "['nonsense'] | spec.cidrs[0]: Invalid value: \"nonsense\": must be a valid CIDR value, (e.g."
                        + " 10.9.8.0/24 or 2001:db8::/64)",
            })
    void whatIsWrongWithANewServiceCidr(String blocks, String expected) {
        assertThat(cidrs.create("{'spec':{'cidrs':" + blocks + "}}")).isEqualTo(lines(expected));
    }

    @Test
    void aServiceCidrOnlyGainsASecondFamily() {
        String one = "{'spec':{'cidrs':['10.1.0.0/16']}}";
        assertThat(cidrs.update(one, "{'spec':{'cidrs':['10.1.0.0/16','fd00::/112']}}"))
                .isEmpty();
        assertThat(cidrs.update(one, "{'spec':{'cidrs':['10.2.0.0/16']}}"))
                .containsExactly("spec.cidrs[0]: Invalid value: \"10.2.0.0/16\": field is immutable");
        assertThat(cidrs.update("{'spec':{'cidrs':['10.1.0.0/16','fd00::/112']}}", one))
                .containsExactly("spec.cidrs: Invalid value: [\"10.1.0.0/16\"]: field is immutable");
    }

    @Test
    void anIpAddressIsNamedCanonicallyAndHasAParent() {
        String parent = "'spec':{'parentRef':{'resource':'services','namespace':'default','name':'a'}}";
        assertThat(addresses.create("{'metadata':{'name':'10.0.0.1'}," + parent + "}"))
                .isEmpty();
        assertThat(addresses.create("{'metadata':{'name':'10.0.0.01'}," + parent + "}"))
                .containsExactly("metadata.name: Invalid value: \"10.0.0.01\": must not have leading 0s");
        assertThat(addresses.create("{'metadata':{'name':'fd00:0::1'}," + parent + "}"))
                .containsExactly(
                        "metadata.name: Invalid value: \"fd00:0::1\": must be in canonical form (\"fd00::1\")");
        assertThat(addresses.create("{'metadata':{'name':'::ffff:1.2.3.4'}," + parent + "}"))
                .containsExactly(
                        "metadata.name: Invalid value: \"::ffff:1.2.3.4\": must not be an IPv4-mapped IPv6 address");
        assertThat(addresses.create("{'metadata':{'name':'10.0.0.1'},'spec':{}}"))
                .containsExactly("spec.parentRef: Required value");
        assertThat(addresses.create("{'metadata':{'name':'10.0.0.1'},'spec':{'parentRef':{'name':'a/b'}}}"))
                .containsExactly(
                        "spec.parentRef.resource: Required value",
                        "spec.parentRef.name: Invalid value: \"a/b\": may not contain '/'");
        assertThat(addresses.update(
                        "{'metadata':{'name':'10.0.0.1'}," + parent + "}",
                        "{'metadata':{'name':'10.0.0.1'},'spec':{'parentRef':{'resource':'services','name':'b'}}}"))
                .containsExactly("spec.parentRef: Invalid value:"
                        + " {\"Group\":\"\",\"Resource\":\"services\",\"Namespace\":\"\",\"Name\":\"b\"}: field is"
                        + " immutable");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'controller':'example.com/a' | ``",
                "'a':'b' | spec.controller: Required value",
                "'controller':'example' | spec.controller: Invalid value: \"example\": must be a domain-prefixed path"
                        + " (such as \"acme.io/foo\")",
                "'controller':'example.com/a','parameters':{'kind':'K','name':'n','namespace':'x'} |"
                        + " spec.parameters.namespace: Forbidden: `parameters.scope` is set to 'Cluster'",
                "'controller':'example.com/a','parameters':{'kind':'K','name':'n','scope':'Namespace'} |"
                        + " spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'",
                "'controller':'example.com/a','parameters':{'scope':'Planet'} | spec.parameters.kind: Required"
                        + " value;;spec.parameters.name: Required value;;spec.parameters.scope: Unsupported value:"
                        + " \"Planet\": supported values: \"Cluster\", \"Namespace\"",
            })
    void whatIsWrongWithANewIngressClass(String spec, String expected) {
        assertThat(classes.create("{'spec':{" + spec + "}}")).isEqualTo(lines(expected));
    }

    @Test
    void theControllerOfAnIngressClassIsFixed() {
        assertThat(classes.update("{'spec':{'controller':'example.com/a'}}", "{'spec':{'controller':'example.com/b'}}"))
                .containsExactly("spec.controller: Invalid value: \"example.com/b\": field is immutable");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'service':{'name':'a','port':{'number':80}}} | ``",
                "{'resource':{'kind':'K','name':'n'}} | ``",
                "{} | Invalid value: \"\": resource or service backend is required",
                "{'service':{'name':'a','port':{}}} | Required value: port name or number is required",
                "{'service':{'name':'a','port':{'name':'b','number':1}}} | Invalid value: \"\": cannot set both port"
                        + " name & port number",
                "{'service':{'name':'a','port':{'number':1}},'resource':{'kind':'K','name':'n'}} | Invalid value: \"\":"
                        + " cannot set both resource and service backends",
            })
    void whatIsWrongWithTheBackendOfAnIngress(String backend, String expected) {
        assertThat(ingresses.create("{'spec':{'defaultBackend':" + backend + "}}"))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of("spec.defaultBackend: " + expected));
    }

    @Test
    void thePathOfAnIngressIsPlain() {
        assertThat(ingresses.create("{'spec':{'rules':[{'http':{'paths':[{'path':'/a/..','pathType':'Prefix','backend':"
                        + "{'service':{'name':'a','port':{'number':80}}}}]}}]}}"))
                .containsExactly("spec.rules[0].http.paths[0].path: Invalid value: \"/a/..\": cannot end with '/..'");
    }

    @Test
    void blocksOfAPolicyFromBeforeTheyWereCheckedMayStay() {
        ValidationKit policies = new ValidationKit("networking.k8s.io/v1", "NetworkPolicy");
        String old = "{'spec':{'ingress':[{'from':[{'ipBlock':{'cidr':'10.0.0.1/8','except':['10.1.0.1/16']}}]}]}}";
        assertThat(policies.create(old)).hasSize(2);
        assertThat(policies.update(old, old.replace("'ingress'", "'podSelector':{},'ingress'")))
                .isEmpty();
        assertThat(policies.update(old, old.replace("10.1.0.1", "10.2.0.1")))
                .containsExactly("spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: \"10.2.0.1/16\": must not"
                        + " have bits set beyond the prefix length");
        assertThat(NetworkWarnings.networkPolicy(Field.root(policies.object(old))))
                .containsExactly(
                        "spec.ingress[0].from[0].ipBlock.cidr: CIDR value \"10.0.0.1/8\" is ambiguous in this context"
                                + " (should be \"10.0.0.0/8\" or \"10.0.0.1/32\"?)",
                        "spec.ingress[0].from[0].ipBlock.except[0]: CIDR value \"10.1.0.1/16\" is ambiguous in this"
                                + " context (should be \"10.1.0.0/16\" or \"10.1.0.1/32\"?)");
        assertThat(NetworkWarnings.networkPolicy(
                        Field.root(policies.object("{'spec':{'egress':[{'to':[{'ipBlock':{'cidr':'FD00::/8'}}]}]}}"))))
                .containsExactly("spec.egress[0].to[0].ipBlock.cidr: IPv6 CIDR value \"FD00::/8\" should be in RFC 5952"
                        + " canonical format (\"fd00::/8\")");
    }

    @Test
    void theStatusOfAnIngressNamesAddressesAndHosts() {
        String none = "{'spec':{'defaultBackend':{'service':{'name':'a','port':{'number':80}}}}}";
        assertThat(
                        ingresses.update(
                                "status",
                                none,
                                none.replace(
                                        "{'spec'",
                                        "{'status':{'loadBalancer':{'ingress':[{'ip':'1.2.3'},{'hostname':'1.2.3.4'}]}},'spec'")))
                .containsExactly(
                        "status.loadBalancer.ingress[0].ip: Invalid value: \"1.2.3\": must be a valid IP address, (e.g."
                                + " 10.9.8.7 or 2001:db8::ffff)",
                        "status.loadBalancer.ingress[1].hostname: Invalid value: \"1.2.3.4\": must be a DNS name, not"
                                + " an IP address");
    }

    @Test
    void aSecretsNameThatWasBadBeforeMayStayBad() {
        String bad =
                "{'spec':{'defaultBackend':{'service':{'name':'a','port':{'number':80}}},'tls':[{'secretName':'A'}]}}";
        assertThat(ingresses.create(bad)).hasSize(1);
        assertThat(ingresses.update(bad, bad)).isEmpty();
    }
}
