package io.kubespring.kinds.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changes how the API behaves: webhooks, policies, API services, and requests for certificates. */
class ExtensionValidationTest {

    private static final String RULE =
            "{'operations':['CREATE'],'apiGroups':[''],'apiVersions':['v1'],'resources':['pods']}";
    private static final String HOOK = "'name':'a.example.com','sideEffects':'None','admissionReviewVersions':['v1'],"
            + "'clientConfig':{'url':'https://a.example/x'}";
    private static final String MATCH = "'matchConstraints':{'resourceRules':[" + RULE + "]}";
    private static final String REQUEST = Base64.getEncoder()
            .encodeToString("-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n"
                    .getBytes(StandardCharsets.US_ASCII));
    private static final String SPEC =
            "'spec':{'request':'" + REQUEST + "','signerName':'example.com/a','usages':['client auth']}";

    private static final String CERTIFICATE = """
        -----BEGIN CERTIFICATE-----
        MIIBcDCCARWgAwIBAgIULAMLYBocOp8c4ivCyeZIO3oKaA0wCgYIKoZIzj0EAwIw
        DDEKMAgGA1UEAwwBYTAgFw0yNjExMjMxMjQwMTdaGA8yMDgxMDgyNjEyNDAxN1ow
        DDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGSyeiWn4AvR
        D4GU981h+OpfxvyPMqAr9igdkzaK3KoV62qrjIAl3T/nV6umkgHjFfQGiEsh72IB
        3hHTZz5uOEqjUzBRMB0GA1UdDgQWBBRMBUQ54GF6DCX1M2hpYYUSXVwkmTAfBgNV
        HSMEGDAWgBRMBUQ54GF6DCX1M2hpYYUSXVwkmTAPBgNVHRMBAf8EBTADAQH/MAoG
        CCqGSM49BAMCA0kAMEYCIQC1jOqsz3ZTfrmc79JVXYupisGf/JIxYKrpfiSFIVzt
        uAIhAOmZBY9KHe4GXT6AkGi8E6SWlWnDYDakbuegbrQ5KcLR
        -----END CERTIFICATE-----
        """;

    private final ValidationKit hooks =
            new ValidationKit("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration");
    private final ValidationKit policies =
            new ValidationKit("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy");
    private final ValidationKit mutations =
            new ValidationKit("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicy");
    private final ValidationKit bindings =
            new ValidationKit("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding");
    private final ValidationKit services = new ValidationKit("apiregistration.k8s.io/v1", "APIService");
    private final ValidationKit requests = new ValidationKit("certificates.k8s.io/v1", "CertificateSigningRequest");

    private static List<String> lines(String expected) {
        return expected.isEmpty() ? List.of() : List.of(expected.split(";;"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'x':1 | ``",
                "'name':'a.b' | .name: Invalid value: \"a.b\": should be a domain with at least three segments"
                        + " separated by dots",
                "'sideEffects':'Some' | .sideEffects: Unsupported value: \"Some\": supported values: \"None\","
                        + " \"NoneOnDryRun\"",
                "'timeoutSeconds':31 | .timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30"
                        + " seconds",
                "'admissionReviewVersions':[] | .admissionReviewVersions: Required value: must specify one of v1,"
                        + " v1beta1",
                "'admissionReviewVersions':['v9'] | .admissionReviewVersions: Invalid value: [\"v9\"]: must include at"
                        + " least one of v1, v1beta1",
                "'clientConfig':{} | .clientConfig: Required value: exactly one of url or service is required",
                "'clientConfig':{'url':'http://a'} | .clientConfig.url: Invalid value: \"http\": 'https' is the only"
                        + " allowed URL scheme; desired format: https://host[/path]",
                "'clientConfig':{'service':{'name':'a','namespace':'b','port':0}} | .clientConfig.service.port:"
                        + " Invalid value: 0: port is not valid: must be between 1 and 65535, inclusive",
                "'clientConfig':{'service':{'name':'a','namespace':'b','path':'x'}} | .clientConfig.service.path:"
                        + " Invalid value: \"x\": must start with a '/';;.clientConfig.service.path: Invalid value: \"x\":"
                        + " segment[0] may not be empty",
                "'failurePolicy':'x' | .failurePolicy: Unsupported value: \"x\": supported values: \"Fail\","
                        + " \"Ignore\"",
                "'rules':[{}] | .rules[0].operations: Required value;;.rules[0].apiGroups: Required"
                        + " value;;.rules[0].apiVersions: Required value;;.rules[0].resources: Required value",
                "'rules':[{'operations':['*','CREATE'],'apiGroups':['*','a'],'apiVersions':['v1'],'resources':['*','pods']}]"
                        + " | .rules[0].operations: Invalid value: [\"*\",\"CREATE\"]: if '*' is present, must not specify"
                        + " other operations;;.rules[0].apiGroups: Invalid value: [\"*\",\"a\"]: if '*' is present, must"
                        + " not specify other API groups;;.rules[0].resources: Invalid value: [\"*\",\"pods\"]: if '*' is"
                        + " present, must not specify other resources without subresources",
                "'matchConditions':[{'name':'a','expression':' '},{'name':'a','expression':'true'}] |"
                        + " .matchConditions[0].expression: Required value;;.matchConditions[1].name: Duplicate value:"
                        + " \"a\"",
            })
    void whatIsWrongWithAWebhook(String change, String expected) {
        // The later of two equal names counts.
        assertThat(hooks.create("{'webhooks':[{" + HOOK + "," + change + "}]}"))
                .isEqualTo(lines(expected).stream()
                        .map(each -> "webhooks[0]" + each)
                        .toList());
    }

    @Test
    void namesOfWebhooksDiffer() {
        assertThat(hooks.create("{'webhooks':[{" + HOOK + "},{" + HOOK + "}]}"))
                .containsExactly("webhooks[1].name: Duplicate value: \"a.example.com\"");
    }

    @Test
    void aConfigurationThatHadSideEffectsMayKeepThem() {
        String old = "{'webhooks':[{" + HOOK + ",'sideEffects':'Some'}]}";
        assertThat(hooks.update(old, old)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'validations':[{'expression':'true'}] | ``",
                "'x':1 | spec.validations: Required value: validations or auditAnnotations must contain at least one"
                        + " item;;spec.auditAnnotations: Required value: validations or auditAnnotations must contain at"
                        + " least one item",
                "'validations':[{'expression':' ','message':' ','reason':'x'}] | spec.validations[0].expression:"
                        + " Required value: expression is not specified;;spec.validations[0].message: Invalid value: \""
                        + " \": message must be non-empty if specified;;spec.validations[0].reason: Unsupported value:"
                        + " \"x\": supported values: \"Forbidden\", \"Invalid\", \"RequestEntityTooLarge\"",
                "'validations':[{'expression':'true'}],'variables':[{'name':'in','expression':'1'}] |"
                        + " spec.variables[0].name: Invalid value: \"in\": must be a valid CEL identifier",
                "'validations':[{'expression':'true'}],'paramKind':{'apiVersion':'a/b/c','kind':'K'} |"
                        + " spec.paramKind.apiVersion: Invalid value: \"a/b/c\": unexpected GroupVersion string: a/b/c",
                "'auditAnnotations':[{'key':'k','valueExpression':''}] | spec.auditAnnotations[0].valueExpression:"
                        + " Required value: valueExpression is not specified",
            })
    void whatIsWrongWithAPolicy(String change, String expected) {
        assertThat(policies.create("{'spec':{" + MATCH + "," + change + "}}")).isEqualTo(lines(expected));
    }

    @Test
    void aPolicyMatchesSomething() {
        assertThat(policies.create("{'spec':{'validations':[{'expression':'true'}]}}"))
                .containsExactly("spec.matchConstraints: Required value");
        assertThat(policies.create("{'spec':{'validations':[{'expression':'true'}],'matchConstraints':{}}}"))
                .containsExactly("spec.matchConstraints.resourceRules: Required value");
    }

    @Test
    void aMutatingPolicyHasMutations() {
        assertThat(mutations.create("{'spec':{" + MATCH + ",'reinvocationPolicy':'Never'}}"))
                .containsExactly("spec.mutations: Required value: mutations must contain at least one item");
        assertThat(mutations.create("{'spec':{" + MATCH + ",'reinvocationPolicy':'Never','mutations':[{'patchType':"
                        + "'JSONPatch','jsonPatch':{'expression':'[]'}}]}}"))
                .isEmpty();
    }

    @Test
    void bindingsOfPolicies() {
        assertThat(bindings.create("{'spec':{'policyName':'p','validationActions':['Deny']}}"))
                .isEmpty();
        assertThat(bindings.create("{'spec':{'policyName':'p','validationActions':['Deny','Warn'],'paramRef':{}}}"))
                .containsExactly(
                        "spec.paramRef: Required value: one of name or selector must be specified",
                        "spec.paramRef.parameterNotFoundAction: Required value",
                        "spec.validationActions: Invalid value: [\"Deny\",\"Warn\"]: must not contain both Deny and"
                                + " Warn (repeating the same validation failure information in the API response and"
                                + " headers serves no purpose)");
        assertThat(bindings.create("{'spec':{'policyName':'p'}}"))
                .containsExactly("spec.validationActions: Required value: at least one validation action is required");
    }

    @Test
    void apiServices() {
        String good = "'group':'a.example','version':'v1','groupPriorityMinimum':10,'versionPriority':10";
        assertThat(services.create("{'metadata':{'name':'v1.a.example'},'spec':{" + good + "}}"))
                .isEmpty();
        assertThat(services.create("{'metadata':{'name':'v2.a.example'},'spec':{" + good + ",'caBundle':'AA=='}}"))
                .containsExactly(
                        "metadata.name: Invalid value: \"v2.a.example\": must be `spec.version+\".\"+spec.group`:"
                                + " \"v1.a.example\"",
                        "spec.caBundle: Invalid value: \"1 bytes\": local APIServices may not have a caBundle");
        assertThat(services.create("{'metadata':{'name':'v1.a.example'},'spec':{'group':'a.example','version':'v1',"
                        + "'service':{'name':'s','port':443},'insecureSkipTLSVerify':true,'caBundle':'AA=='}}"))
                .containsExactly(
                        "spec.groupPriorityMinimum: Invalid value: 0: must be positive and less than 20000",
                        "spec.versionPriority: Invalid value: 0: must be positive and less than 1000",
                        "spec.service.namespace: Required value",
                        "spec.insecureSkipTLSVerify: Invalid value: true: may not be true if caBundle is present");
    }

    @Test
    void aRequestForACertificateNamesItsSignerAndUsages() {
        assertThat(requests.create("{" + SPEC + "}")).isEmpty();
        assertThat(requests.create("{'spec':{'request':'','signerName':'a','usages':['x','x'],'expirationSeconds':1}}"))
                .hasSize(6)
                .contains(
                        "spec.request: Invalid value: \"\": PEM block type must be CERTIFICATE REQUEST",
                        "spec.usages[1]: Duplicate value: \"x\"",
                        "spec.signerName: Invalid value: \"a\": must be a fully qualified domain and path of the form"
                                + " 'example.com/signer-name'",
                        "spec.expirationSeconds: Invalid value: 1: may not specify a duration less than 600 seconds (10"
                                + " minutes)");
        assertThat(requests.create("{" + SPEC.replace("example.com/a", "kubernetes.io/legacy-unknown") + "}"))
                .containsExactly(
                        "spec.signerName: Invalid value: \"kubernetes.io/legacy-unknown\": the legacy signerName is"
                                + " not allowed via this API version");
    }

    @Test
    void approvalIsForApproversAndFinal() {
        String open = "{" + SPEC + "}";
        String approved = "{" + SPEC + ",'status':{'conditions':[{'type':'Approved','status':'True'}]}}";
        assertThat(requests.update("approval", open, approved)).isEmpty();
        assertThat(requests.update("status", open, approved))
                .containsExactly("status.conditions: Forbidden: updates may not add a condition of type \"Approved\"");
        assertThat(requests.update("approval", approved, open))
                .containsExactly(
                        "status.conditions: Forbidden: updates may not remove a condition of type \"Approved\"");
        assertThat(requests.update(
                        "approval", approved, approved.replace("'True'}", "'True'},{'type':'Denied','status':'True'}")))
                .containsExactly(
                        "status.conditions[1].type: Invalid value: \"Denied\": Approved and Denied conditions are"
                                + " mutually exclusive");
        assertThat(requests.update("approval", open, approved.replace("'True'", "'False'")))
                .containsExactly(
                        "status.conditions[0].status: Unsupported value: \"False\": supported values: \"True\"");
    }

    @Test
    void theCertificateIsWrittenOnceByTheSigner() {
        String open = "{" + SPEC + "}";
        String one = "{" + SPEC + ",'status':{'certificate':'" + pem("CERTIFICATE") + "'}}";
        assertThat(requests.update("status", open, one)).isEmpty();
        assertThat(requests.update("approval", open, one))
                .containsExactly("status.certificate: Forbidden: updates may not set certificate content");
        assertThat(requests.update("status", one, open))
                .containsExactly("status.certificate: Forbidden: updates may not modify existing certificate content");
        assertThat(requests.update("status", open, "{" + SPEC + ",'status':{'certificate':'" + pem("KEY") + "'}}"))
                .containsExactly(
                        "status.certificate: Invalid value: \"<certificate data>\": only CERTIFICATE PEM blocks are"
                                + " allowed, found \"KEY\"");
    }

    private static String pem(String type) {
        String pem = type.equals("CERTIFICATE")
                ? CERTIFICATE
                : "-----BEGIN " + type + "-----\nAA==\n-----END " + type + "-----\n";
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void theCertificateIsOne() {
        String open = "{" + SPEC + "}";
        String broken = CERTIFICATE.replace("MIIBcDCC", "MIIBcDCD");
        for (var each : Map.of(
                        "nothing",
                        "must contain at least one CERTIFICATE PEM block",
                        broken,
                        "x509: malformed certificate",
                        CERTIFICATE.replaceFirst("\n", "\na: b\n\n"),
                        "no PEM block headers are permitted")
                .entrySet()) {
            String encoded = Base64.getEncoder().encodeToString(each.getKey().getBytes(StandardCharsets.US_ASCII));
            assertThat(requests.update("status", open, "{" + SPEC + ",'status':{'certificate':'" + encoded + "'}}"))
                    .containsExactly("status.certificate: Invalid value: \"<certificate data>\": " + each.getValue());
        }
    }
}
