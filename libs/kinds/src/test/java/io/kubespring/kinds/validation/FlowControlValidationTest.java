package io.kubespring.kinds.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.kinds.defaulting.Defaults;
import io.kubespring.kinds.flowcontrol.BuiltInFlowControl;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class FlowControlValidationTest {

    private static final String GROUP = "flowcontrol.apiserver.k8s.io/v1";
    private final ValidationKit levels = new ValidationKit(GROUP, "PriorityLevelConfiguration");
    private final ValidationKit schemas = new ValidationKit(GROUP, "FlowSchema");

    @Test
    void whatEveryClusterHasIsValidAndAlreadyDefaulted() {
        var all = new ArrayList<ObjectNode>(BuiltInFlowControl.mandatoryLevels());
        all.addAll(BuiltInFlowControl.suggestedLevels());
        all.addAll(BuiltInFlowControl.mandatorySchemas());
        all.addAll(BuiltInFlowControl.suggestedSchemas());
        assertThat(all).hasSize(19).allSatisfy(tree -> {
            var kind = GroupVersionKind.of(GROUP, tree.path("kind").stringValue());
            ObjectNode defaulted = tree.deepCopy();
            Defaults.apply(kind, defaulted);
            assertThat(defaulted.path("spec")).isEqualTo(tree.path("spec"));
            assertThat(Validation.create(kind, defaulted)).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'spec':{'type':'Limited','limited':{'limitResponse':{'type':'Reject'}}}} | ``",
                "{'spec':{'type':'Limited','limited':{'nominalConcurrencyShares':0,'limitResponse':{'type':'Reject'}}}}"
                        + " | ``",
                "{'spec':{'type':'Limited'}} | spec.limited: Required value: must not be empty when type is Limited",
                "{'spec':{'type':'Exempt'}} | spec.type: Invalid value: \"Exempt\": must be 'Exempt' if and only"
                        + " if `name` is 'exempt'",
                "{'spec':{'type':'Some'}} | spec.type: Unsupported value: \"Some\": supported values: \"Exempt\","
                        + " \"Limited\"",
                "{'spec':{'type':'Limited','exempt':{},'limited':{'limitResponse':{'type':'Reject'}}}} | spec.exempt:"
                        + " Forbidden: must be nil if the type is Limited",
                "{'spec':{'type':'Limited','limited':{'limitResponse':{'type':'Queue'}}}} |"
                        + " spec.limited.limitResponse.queuing: Required value: must not be empty if"
                        + " limited.limitResponse.type is Limited",
                "{'spec':{'type':'Limited','limited':{'limitResponse':{'type':'Reject','queuing':{}}}}} |"
                        + " spec.limited.limitResponse.queuing: Forbidden: must be nil if limited.limitResponse.type is"
                        + " not Limited",
                "{'spec':{'type':'Limited','limited':{'limitResponse':{'type':'Never'}}}} |"
                        + " spec.limited.limitResponse.type: Unsupported value: \"Never\": supported values: \"Queue\","
                        + " \"Reject\"",
                "{'spec':{'type':'Limited','limited':{'nominalConcurrencyShares':-1,'limitResponse':{'type':'Reject'}}}}"
                        + " | spec.limited.nominalConcurrencyShares: Invalid value: -1: must be a non-negative integer",
                "{'spec':{'type':'Limited','limited':{'lendablePercent':101,'limitResponse':{'type':'Reject'}}}} |"
                        + " spec.limited.lendablePercent: Invalid value: 101: must be between 0 and 100, inclusive",
                "{'spec':{'type':'Limited','limited':{'borrowingLimitPercent':-1,'limitResponse':{'type':'Reject'}}}} |"
                        + " spec.limited.borrowingLimitPercent: Invalid value: -1: if specified, must be a non-negative"
                        + " integer",
                "{'spec':{'type':'Limited','limited':{'limitResponse':{'type':'Queue','queuing':{'queues':4}}}}} |"
                        + " spec.limited.limitResponse.queuing.handSize: Invalid value: 8: should not be greater than"
                        + " queues (4)",
                "{'spec':{'type':'Limited','limited':{'limitResponse':{'type':'Queue','queuing':{'queues':512}}}}} |"
                        + " spec.limited.limitResponse.queuing.handSize: Invalid value: 8: required entropy bits of"
                        + " deckSize 512 and handSize 8 should not be greater than 60",
                "{'spec':{'type':'Limited','limited':{'limitResponse':{'type':'Queue','queuing':{'queueLengthLimit':-1}}}}}"
                        + " | spec.limited.limitResponse.queuing.queueLengthLimit: Invalid value: -1: must be positive",
            })
    void priorityLevels(String manifest, String error) {
        assertThat(levels.create(manifest)).isEqualTo(error.isEmpty() ? java.util.List.of() : java.util.List.of(error));
    }

    @Test
    void theExemptLevelMayOnlyChangeItsShares() {
        String exempt =
                "{'metadata':{'name':'exempt'},'spec':{'type':'Exempt','exempt':{'nominalConcurrencyShares':0}}}";
        assertThat(levels.update(exempt, exempt.replace("Shares':0", "Shares':5")))
                .isEmpty();
        assertThat(levels.update(
                        exempt,
                        exempt.replace("'exempt':{", "'limited':{'limitResponse':{'type':'Reject'}},'exempt':{")))
                .satisfiesExactly(
                        forbidden -> assertThat(forbidden)
                                .isEqualTo("spec.limited: Forbidden: must be nil if the type is not Limited"),
                        fixed -> assertThat(fixed)
                                .startsWith("spec: Invalid value: ")
                                .endsWith(": spec of 'exempt' except the 'spec.exempt' field must equal the fixed"
                                        + " value"));
    }

    @Test
    void theCatchAllLevelMayNotChange() {
        assertThat(levels.create("{'metadata':{'name':'catch-all'},'spec':{'type':'Limited','limited':"
                        + "{'nominalConcurrencyShares':6,'limitResponse':{'type':'Reject'}}}}"))
                .singleElement()
                .asString()
                .endsWith(": spec of 'catch-all' must equal the fixed value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'spec':{'priorityLevelConfiguration':{'name':'x'}}} | ``",
                "{'spec':{'matchingPrecedence':-1,'priorityLevelConfiguration':{'name':'x'}}} |"
                        + " spec.matchingPrecedence: Invalid value: -1: must be a positive value",
                "{'spec':{'matchingPrecedence':10001,'priorityLevelConfiguration':{'name':'x'}}} |"
                        + " spec.matchingPrecedence: Invalid value: 10001: must not be greater than 10000",
                "{'spec':{'matchingPrecedence':1,'priorityLevelConfiguration':{'name':'x'}}} | spec.matchingPrecedence:"
                        + " Invalid value: 1: only the schema named 'exempt' may have matchingPrecedence 1",
                "{'spec':{}} | spec.priorityLevelConfiguration.name: Required value: must reference a priority level",
                "{'spec':{'priorityLevelConfiguration':{'name':'x'},'distinguisherMethod':{'type':'ByPod'}}} |"
                        + " spec.distinguisherMethod.type: Unsupported value: {\"Type\":\"ByPod\"}: supported values:"
                        + " \"ByNamespace\", \"ByUser\"",
                "{'spec':{'priorityLevelConfiguration':{'name':'x'},'rules':[{'subjects':[{'kind':'User','user':{'name':'a'}}]}]}}"
                        + " | spec.rules[0]: Required value: at least one of resourceRules and nonResourceRules has to be"
                        + " non-empty",
                "{'spec':{'priorityLevelConfiguration':{'name':'x'},'rules':[{'nonResourceRules':[{'verbs':['get'],'nonResourceURLs':['/a']}]}]}}"
                        + " | spec.rules[0].subjects: Required value: subjects must contain at least one value",
            })
    void flowSchemas(String manifest, String error) {
        assertThat(schemas.create(manifest))
                .isEqualTo(error.isEmpty() ? java.util.List.of() : java.util.List.of(error));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'nonResourceRules':[{'verbs':['get'],'nonResourceURLs':['/a','/b/*']}] | ``",
                "'nonResourceRules':[{'verbs':['head'],'nonResourceURLs':['/a']}] | nonResourceRules[0].verbs:"
                        + " Unsupported value: [\"head\"]: supported values: \"create\", \"delete\", \"deletecollection\","
                        + " \"get\", \"list\", \"patch\", \"proxy\", \"update\", \"watch\"",
                "'nonResourceRules':[{'verbs':['*','get'],'nonResourceURLs':['/a']}] | nonResourceRules[0].verbs:"
                        + " Invalid value: [\"*\",\"get\"]: if '*' is present, must not specify other verbs",
                "'nonResourceRules':[{'verbs':['get'],'nonResourceURLs':['a']}] |"
                        + " nonResourceRules[0].nonResourceURLs[0]: Invalid value: \"a\": must start with slash",
                "'nonResourceRules':[{'verbs':['get'],'nonResourceURLs':['/a*']}] |"
                        + " nonResourceRules[0].nonResourceURLs[0]: Invalid value: \"/a*\": wildcard can only do suffix"
                        + " matching",
                "'resourceRules':[{'verbs':['get'],'apiGroups':[''],'resources':['pods']}] |"
                        + " resourceRules[0].namespaces: Required value: resource rules that are not cluster scoped must"
                        + " supply at least one namespace",
                "'resourceRules':[{'verbs':['get'],'resources':['pods'],'clusterScope':true}] |"
                        + " resourceRules[0].apiGroups: Required value: resource rules must supply at least one api group",
                "'resourceRules':[{'verbs':['get'],'apiGroups':['*'],'resources':['*'],'namespaces':['*','a']}] |"
                        + " resourceRules[0].namespaces: Invalid value: [\"*\",\"a\"]: if '*' is present, must not specify"
                        + " other namespaces",
            })
    void rules(String rule, String error) {
        String manifest = "{'spec':{'priorityLevelConfiguration':{'name':'x'},'rules':[{"
                + "'subjects':[{'kind':'Group','group':{'name':'g'}}]," + rule + "}]}}";
        assertThat(schemas.create(manifest))
                .isEqualTo(error.isEmpty() ? java.util.List.of() : java.util.List.of("spec.rules[0]." + error));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'kind':'ServiceAccount','serviceAccount':{'name':'*','namespace':'kube-system'}} | ``",
                "{'kind':'ServiceAccount'} | serviceAccount: Required value: serviceAccount is required when subject"
                        + " kind is 'ServiceAccount'",
                "{'kind':'ServiceAccount','serviceAccount':{'name':'a'}} | serviceAccount.namespace: Required value:"
                        + " must specify namespace for service account",
                "{'kind':'User','user':{'name':'a'},'group':{'name':'b'}} | group: Forbidden: group is forbidden when"
                        + " subject kind is not 'Group'",
                "{'kind':'Robot'} | kind: Unsupported value: \"Robot\": supported values: \"Group\","
                        + " \"ServiceAccount\", \"User\"",
            })
    void subjects(String subject, String error) {
        String manifest = "{'spec':{'priorityLevelConfiguration':{'name':'x'},'rules':[{'subjects':[" + subject
                + "],'nonResourceRules':[{'verbs':['*'],'nonResourceURLs':['*']}]}]}}";
        assertThat(schemas.create(manifest))
                .isEqualTo(
                        error.isEmpty()
                                ? java.util.List.of()
                                : java.util.List.of("spec.rules[0].subjects[0]." + error));
    }

    @Test
    void aConditionStandsOnce() {
        String level =
                "{'spec':{'type':'Limited','limited':{'limitResponse':{'type':'Reject'}}},'status':{'conditions':%s}}";
        assertThat(levels.update("status", level.formatted("[]"), level.formatted("[{'type':'A'},{'type':'A'}]")))
                .containsExactly("status.conditions[1].type: Duplicate value: \"A\"");
    }
}
