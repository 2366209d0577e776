package io.kubespring.apiserver.admission.plugins;

import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.ALICE;
import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.json;
import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.writing;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.authorization.FakeObjects;
import io.kubespring.apiserver.authorization.rbac.RbacAuthorizer;
import io.kubespring.apiserver.authorization.rbac.RbacResources;
import io.kubespring.apiserver.authorization.rbac.RbacRules;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may approve and sign for whom, and what nobody may ask for. */
class SignerPermissionTest {

    private static final String STORED = "{'spec':{'signerName':'example.com/mine'},'status':{}}";
    private static final String SIGNED =
            "{'spec':{'signerName':'other.com/mine'},'status':{'certificate':'YQ==','conditions':[]}}";

    private final FakeObjects objects = new FakeObjects();
    private final RbacAuthorizer authorizer = new RbacAuthorizer(new RbacRules(objects));

    private void aliceMay(String verb, String signer) {
        objects.put(
                        RbacResources.GROUP,
                        "clusterroles",
                        "{'metadata':{'name':'signer'},'rules':[{'apiGroups':['certificates.k8s.io'],'resources':['signers'],"
                                + "'verbs':['" + verb + "'],'resourceNames':['" + signer + "']}]}")
                .put(
                        RbacResources.GROUP,
                        "clusterrolebindings",
                        "{'metadata':{'name':'signer'},'roleRef':{'kind':'ClusterRole','name':'signer'},"
                                + "'subjects':[{'kind':'User','name':'alice'}]}");
    }

    private void write(SignerPermission plugin, String subresource, String object) {
        var attributes = writing(
                Operation.UPDATE, "certificatesigningrequests.certificates.k8s.io/" + subresource, "", "x", ALICE);
        if (plugin.handles(attributes)) {
            plugin.validate(attributes, json(object), json(STORED));
        }
    }

    @ParameterizedTest
    @CsvSource({"example.com/mine, true", "example.com/*, true", "other.com/mine, false", "example.com/other, false"})
    void approvalNeedsPermissionForTheStoredSigner(String signer, boolean allowed) {
        aliceMay("approve", signer);
        var plugin = SignerPermission.toApprove(authorizer);
        if (allowed) {
            assertThatCode(() -> write(plugin, "approval", SIGNED)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> write(plugin, "approval", SIGNED))
                    .hasMessage("certificatesigningrequests.certificates.k8s.io \"x\" is forbidden: "
                            + "user not permitted to approve requests with signerName \"example.com/mine\"");
        }
    }

    @Test
    void signingNeedsPermissionOnceTheOutcomeChanges() {
        aliceMay("approve", "example.com/mine");
        var plugin = SignerPermission.toSign(authorizer);
        assertThatCode(() -> write(plugin, "status", STORED)).doesNotThrowAnyException();
        assertThatCode(() -> write(plugin, "approval", SIGNED)).doesNotThrowAnyException();
        assertThatThrownBy(() -> write(plugin, "status", SIGNED))
                .hasMessageEndingWith("user not permitted to sign requests with signerName \"example.com/mine\"");
        aliceMay("sign", "example.com/*");
        assertThatCode(() -> write(plugin, "status", SIGNED)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "kubernetes.io/kube-apiserver-client, O=system:masters, false",
        "kubernetes.io/kube-apiserver-client, O=team, true",
        "example.com/mine, O=system:masters, true"
    })
    void nobodyAsksForACertificateOfTheMasters(String signer, String subject, boolean allowed) throws Exception {
        var attributes = writing(Operation.CREATE, "certificatesigningrequests.certificates.k8s.io", "", "x", ALICE);
        var request = json("{'spec':{'signerName':'" + signer + "','request':'" + request("CN=a," + subject) + "'}}");
        var plugin = new CertificateSubjectRestriction();
        if (allowed) {
            assertThatCode(() -> plugin.validate(attributes, request, null)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> plugin.validate(attributes, request, null))
                    .hasMessageEndingWith(
                            "use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed");
        }
    }

    private static String request(String subject) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        var request = new JcaPKCS10CertificationRequestBuilder(new X500Principal(subject), keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        var pem = new StringWriter();
        try (var writer = new JcaPEMWriter(pem)) {
            writer.writeObject(request);
        }
        return Base64.getEncoder().encodeToString(pem.toString().getBytes(StandardCharsets.UTF_8));
    }
}
