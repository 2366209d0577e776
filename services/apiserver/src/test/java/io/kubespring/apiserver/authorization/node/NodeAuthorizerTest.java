package io.kubespring.apiserver.authorization.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.Attributes;
import io.kubespring.apiserver.authorization.Decision;
import io.kubespring.apiserver.authorization.FakeObjects;
import io.kubespring.kinds.rbac.PolicyRule;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeAuthorizerTest {

    private static final UserInfo N1 = UserInfo.of("system:node:n1", "system:nodes");

    private final FakeObjects objects = new FakeObjects();
    private final NodeAuthorizer authorizer = new NodeAuthorizer(
            objects, List.of(PolicyRule.resources(List.of("get", "list", "watch"), List.of(""), List.of("services"))));

    @BeforeEach
    void pods() {
        objects.put("", "pods", """
            {'metadata':{'namespace':'a','name':'web'},
             'spec':{'nodeName':'n1','serviceAccountName':'web-sa',
               'imagePullSecrets':[{'name':'pull'}],
               'initContainers':[{'envFrom':[{'secretRef':{'name':'init'}},{'configMapRef':{'name':'init-cm'}}]}],
               'containers':[{'env':[{'name':'X','valueFrom':{'secretKeyRef':{'name':'env','key':'k'}}},
                                     {'name':'Y','valueFrom':{'configMapKeyRef':{'name':'env-cm','key':'k'}}}]}],
               'volumes':[{'name':'s','secret':{'secretName':'vol'}},
                          {'name':'c','configMap':{'name':'vol-cm'}},
                          {'name':'p','projected':{'sources':[{'secret':{'name':'proj'}},{'configMap':{'name':'kube-root-ca.crt'}}]}},
                          {'name':'d','persistentVolumeClaim':{'claimName':'data'}},
                          {'name':'e','ephemeral':{}},
                          {'name':'csi','csi':{'driver':'x','nodePublishSecretRef':{'name':'csi'}}}]}}
            """);
        objects.put(
                "",
                "pods",
                "{'metadata':{'namespace':'a','name':'other'},'spec':{'nodeName':'n2','serviceAccountName':'other-sa',"
                        + "'volumes':[{'name':'s','secret':{'secretName':'theirs'}}]}}");
        objects.put(
                "",
                "pods",
                "{'metadata':{'namespace':'a','name':'waiting'},'spec':{'volumes':[{'name':'s','secret':{'secretName':'unbound'}}]}}");
        objects.put(
                "",
                "pods",
                "{'metadata':{'namespace':'a','name':'mirror','annotations':{'kubernetes.io/config.mirror':'x'}},"
                        + "'spec':{'nodeName':'n1','volumes':[{'name':'s','secret':{'secretName':'greedy'}}]}}");
        objects.put(
                "",
                "persistentvolumes",
                "{'metadata':{'name':'pv1'},'spec':{'claimRef':{'namespace':'a','name':'data'},"
                        + "'csi':{'nodeStageSecretRef':{'namespace':'storage','name':'stage'}}}}");
        objects.put("", "persistentvolumes", "{'metadata':{'name':'pv2'},'spec':{}}");
    }

    private boolean may(String verb, String resource, String namespace, String name) {
        int slash = resource.indexOf('/');
        return authorizer
                .authorize(Attributes.resource(
                        N1,
                        verb,
                        "",
                        slash < 0 ? resource : resource.substring(0, slash),
                        slash < 0 ? "" : resource.substring(slash + 1),
                        namespace,
                        name))
                .allowed();
    }

    @ParameterizedTest(name = "{0} {1} {2}/{3}: {4}")
    @CsvSource({
        "get,   secrets, a, pull,   true",
        "get,   secrets, a, init,   true",
        "get,   secrets, a, env,    true",
        "watch, secrets, a, vol,    true",
        "list,  secrets, a, proj,   true",
        "get,   secrets, a, csi,    true",
        "get,   secrets, storage, stage, true",
        "get,   secrets, a, theirs, false",
        "get,   secrets, a, unbound, false",
        "get,   secrets, a, greedy, false",
        "get,   secrets, b, vol,    false",
        "list,  secrets, a, '',     false",
        "list,  secrets, '', '',    false",
        "update, secrets, a, vol,   false",
        "delete, secrets, a, vol,   false",
        "get,   configmaps, a, init-cm, true",
        "get,   configmaps, a, env-cm,  true",
        "get,   configmaps, a, vol-cm,  true",
        "get,   configmaps, a, kube-root-ca.crt, true",
        "get,   configmaps, b, kube-root-ca.crt, false",
        "get,   persistentvolumeclaims, a, data,  true",
        "get,   persistentvolumeclaims, a, web-e, true",
        "get,   persistentvolumeclaims, a, other, false",
        "list,  persistentvolumeclaims, a, data,  false",
        "patch, persistentvolumeclaims/status, a, data, true",
        "get,   persistentvolumes, '', pv1, true",
        "get,   persistentvolumes, '', pv2, false",
        "create, serviceaccounts/token, a, web-sa,   true",
        "create, serviceaccounts/token, a, other-sa, false",
        "create, serviceaccounts/token, b, web-sa,   false",
        "get,   serviceaccounts, a, web-sa, false",
        "get,   pods, a, web,   true",
        "get,   pods, a, other, false",
        "list,  pods, '', '',   false",
        "patch, pods/status, a, web, true",
        "create, pods/eviction, a, web, true",
        "create, pods/exec, a, web, false",
        "get,   nodes, '', n1, true",
        "get,   nodes, '', n2, false",
        "list,  nodes, '', '', false",
        "patch, nodes/status, '', n1, true",
        "delete, nodes, '', n1, false",
        "list,  services, '', '', true",
        "create, services, a, x, false",
        "list,  deployments, a, '', false",
    })
    void isolation(String verb, String resource, String namespace, String name, boolean allowed) {
        assertThat(may(verb, resource, namespace, name)).isEqualTo(allowed);
    }

    @ParameterizedTest(name = "{0} lease {1}/{2}: {3}")
    @CsvSource({
        "get,    kube-node-lease, n1, true",
        "update, kube-node-lease, n1, true",
        "create, kube-node-lease, '', true",
        "update, kube-node-lease, n2, false",
        "list,   kube-node-lease, '', false",
        "get,    kube-system,     n1, false",
    })
    void leases(String verb, String namespace, String name, boolean allowed) {
        assertThat(authorizer
                        .authorize(Attributes.resource(N1, verb, "coordination.k8s.io", "leases", "", namespace, name))
                        .allowed())
                .isEqualTo(allowed);
    }

    @ParameterizedTest(name = "watch {0} where {1}: {2}")
    @CsvSource({
        "pods,  spec.nodeName=n1,  true",
        "pods,  spec.nodeName==n1, true",
        "pods,  spec.nodeName=n2,  false",
        "pods,  spec.nodeName!=n1, false",
        "pods,  metadata.name=x,   false",
        "nodes, metadata.name=n1,  true",
        "nodes, metadata.name=n2,  false",
    })
    void collectionsOnlyWithItsOwnSelector(String resource, String selector, boolean allowed) {
        assertThat(authorizer
                        .authorize(new Attributes(N1, "watch", "", "v1", resource, "", "", "", "", true, selector))
                        .allowed())
                .isEqualTo(allowed);
    }

    @Test
    void accessEndsWithThePod() {
        assertThat(may("get", "secrets", "a", "vol")).isTrue();

        objects.remove("", "pods", "a", "web");

        assertThat(may("get", "secrets", "a", "vol")).isFalse();
        assertThat(may("get", "persistentvolumes", "", "pv1")).isFalse();
    }

    @Test
    void othersAreNoneOfItsBusiness() {
        var asked = Attributes.resource(UserInfo.of("system:node:n1"), "get", "", "services", "", "", "");

        assertThat(authorizer.authorize(asked)).isEqualTo(Decision.NO_OPINION);
        assertThat(authorizer
                        .authorize(Attributes.resource(
                                UserInfo.of("bob", "system:nodes"), "get", "", "services", "", "", ""))
                        .reason())
                .isEqualTo("unknown node for user \"bob\"");
    }
}
