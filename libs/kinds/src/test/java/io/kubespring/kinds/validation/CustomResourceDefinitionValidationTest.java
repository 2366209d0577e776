package io.kubespring.kinds.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.warnings.DefinitionWarnings;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Definitions of custom resources: names, versions and structural schemas. */
class CustomResourceDefinitionValidationTest {

    private static final String VALID = """
        {"metadata":{"name":"widgets.a.example"},"spec":{"group":"a.example","scope":"Namespaced",
        "names":{"plural":"widgets","kind":"Widget"},"versions":[{"name":"v1","served":true,"storage":true,
        "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{
        "size":{"type":"integer"},"tags":{"type":"array","items":{"type":"string"}}}}}}}}]}}
        """;
    private final RefusalTable definitions =
            new RefusalTable("apiextensions.k8s.io/v1", "CustomResourceDefinition", VALID);
    private final ValidationKit kit = new ValidationKit("apiextensions.k8s.io/v1", "CustomResourceDefinition");

    @TestFactory
    Stream<DynamicTest> whatIsWrongWithADefinition() {
        return definitions.create("""
            /metadata/name = "gadgets.a.example" => metadata.name: Invalid value: "gadgets.a.example":
              must be spec.names.plural+"."+spec.group
            /spec/scope = "Planet" => spec.scope: Unsupported value: "Planet": supported values: "Cluster", "Namespaced"
            /spec/scope = null => spec.scope: Required value
            /spec/names/listKind = "Widget" => spec.names.listKind: Invalid value: "Widget": kind and listKind may not be
              the same
            /spec/names = {"plural":"widgets"} => spec.names.singular: Required value | spec.names.kind: Required value |
              spec.names.listKind: Required value
            /spec/versions = [] && /status = null => spec.versions: Invalid value: null: must have exactly one version
              marked as storage version | status.storedVersions: Invalid value: null: must have at least one stored version
            /spec/versions/0/schema = null => spec.versions[0].schema.openAPIV3Schema: Required value
            /spec/versions/0/deprecationWarning = "old" => spec.versions[0].deprecationWarning: Invalid value: "old": can
              only be set for deprecated versions
            /spec/preserveUnknownFields = true => spec.preserveUnknownFields: Invalid value: true: cannot set to true, set
              x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead
            /spec/versions/1 = {"name":"v1","served":true,"storage":false,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}} && /spec/versions/0/schema/openAPIV3Schema = {"type":"object","x-kubernetes-preserve-unknown-fields":true}
              => spec.versions: Invalid value: [{"Name":"v1","Served":true,"Storage":true,"Deprecated":false,"DeprecationWarning":null,"Schema":null,"Subresources":null,"AdditionalPrinterColumns":null,"SelectableFields":null},{"Name":"v1","Served":true,"Storage":false,"Deprecated":false,"DeprecationWarning":null,"Schema":null,"Subresources":null,"AdditionalPrinterColumns":null,"SelectableFields":null}]: must contain unique version names
            # columns and subresources of the only version are those of all
            /spec/versions/0/additionalPrinterColumns = [{"name":"Size","type":"int","jsonPath":"spec.size","format":"x"}]
              => spec.additionalPrinterColumns[0].type: Invalid value: "int": must be one of
              boolean,date,integer,number,string | spec.additionalPrinterColumns[0].format: Invalid value: "x": must be one
              of byte,date,date-time,double,float,int32,int64,password | spec.additionalPrinterColumns[0].JSONPath: Invalid
              value: "spec.size": must be a simple json path starting with .
            /spec/versions/0/subresources = {"scale":{"specReplicasPath":".status.a","labelSelectorPath":".b"}} =>
              spec.subresources.scale.specReplicasPath: Invalid value: ".status.a": should be a json path under .spec |
              spec.subresources.scale.statusReplicasPath: Required value | spec.subresources.scale.labelSelectorPath:
              Invalid value: ".b": should be a json path under either .spec or .status
            /spec/versions/0/selectableFields = [{"jsonPath":".spec.size"},{"jsonPath":".spec.none"},{"jsonPath":".spec"}]
              => spec.selectableFields[1].jsonPath: Invalid value: ".spec.none": is an invalid path: does not refer to a
              valid field | spec.selectableFields[2].jsonPath: Invalid value: ".spec": must point to a field of type string,
              boolean or integer. Enum string fields and strings with formats are allowed.
            # conversion
            /spec/conversion = {"strategy":"Webhook"} => spec.conversion.webhookClientConfig: Required value: required when
              strategy is set to Webhook | spec.conversion.conversionReviewVersions: Required value
            /spec/conversion = {"strategy":"None","webhook":{"conversionReviewVersions":["v1"]}} =>
              spec.conversion.conversionReviewVersions: Forbidden: should not be set when strategy is not set to Webhook
            /spec/conversion = {"strategy":"Magic"} => spec.conversion.strategy: Unsupported value: "Magic": supported
              values: "None", "Webhook"
            """);
    }

    @TestFactory
    Stream<DynamicTest> aSchemaIsStructural() {
        String root = "/spec/versions/0/schema/openAPIV3Schema";
        String spec = root + "/properties/spec";
        String at = "spec.validation.openAPIV3Schema";
        String in = at + ".properties[spec]";
        return definitions.create(String.join(
                "\n",
                root + "/type = null => " + at + ".type: Required value: must not be empty at the root",
                root + "/type = \"array\" => " + at + ".items: Required value: must be specified | " + at
                        + ".type: Invalid value: \"array\": must be object at the root",
                spec + "/type = null => " + in + ".type: Required value: must not be empty for specified object fields",
                spec + "/properties/tags/items = null => " + in
                        + ".properties[tags].items: Required value: must be specified",
                spec + "/properties/tags/items/type = null => " + in + ".properties[tags].items.type: Required value:"
                        + " must not be empty for specified array items",
                root + "/allOf = [{\"properties\":{\"colour\":{\"maxLength\":3},\"spec\":{\"type\":\"object\"}}}] => "
                        + at
                        + ".allOf[0].properties[spec].type: Forbidden: must be empty to be structural | " + at
                        + ".properties[colour]: Required value: because it is defined in " + at
                        + ".allOf[0].properties[colour]",
                spec + "/properties/port = {\"x-kubernetes-int-or-string\":true,\"anyOf\":[{\"type\":\"integer\"},"
                        + "{\"type\":\"string\"}]} => fine",
                root + "/properties/metadata = {\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},"
                        + "\"labels\":{\"type\":\"object\"}}} => " + at
                        + ".properties[metadata]: Forbidden: must not specify"
                        + " anything other than name and generateName, but metadata is implicitly specified",
                spec + "/properties/size/type = \"int\" => " + in
                        + ".properties[size].type: Unsupported value: \"int\":"
                        + " supported values: \"array\", \"boolean\", \"integer\", \"number\", \"object\", \"string\"",
                spec + "/additionalProperties = {\"type\":\"string\"} => " + in
                        + ".additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive",
                spec + "/properties/size/$ref = \"#/definitions/a\" => " + in
                        + ".properties[size].$ref: Forbidden: $ref is not supported",
                spec + "/properties/tags/uniqueItems = true => " + in + ".properties[tags].uniqueItems: Forbidden:"
                        + " uniqueItems cannot be set to true since the runtime complexity becomes quadratic",
                spec + "/properties/tags/x-kubernetes-list-type = \"map\" => " + in
                        + ".properties[tags].x-kubernetes-list-map-keys: Required value: must not be empty if"
                        + " x-kubernetes-list-type is map | " + in
                        + ".properties[tags].items.type: Invalid value: \"string\": must be object if parent array's"
                        + " x-kubernetes-list-type is map",
                spec + "/properties/tags/x-kubernetes-list-map-keys = [\"a\"] => " + in
                        + ".properties[tags].x-kubernetes-list-type: Required value: must be map if"
                        + " x-kubernetes-list-map-keys is non-empty",
                spec + "/x-kubernetes-map-type = \"loose\" => " + in + ".x-kubernetes-map-type: Unsupported value:"
                        + " \"loose\": supported values: \"atomic\", \"granular\"",
                spec + "/x-kubernetes-validations = [{\"rule\":\" \"}] => " + in
                        + ".x-kubernetes-validations[0].rule: Required value: rule is not specified",
                spec + "/x-kubernetes-preserve-unknown-fields = false => " + in
                        + ".x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined",
                root + "/nullable = true => " + at + ".nullable: Forbidden: nullable cannot be true at the root"));
    }

    @Test
    void groupsOfTheCommunityAreReviewed() {
        String community = VALID.replace("a.example", "a.k8s.io");
        assertThat(kit.create(community))
                .containsExactly(
                        "metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must"
                                + " have approval annotation \"api-approved.kubernetes.io\", see"
                                + " https://github.com/kubernetes/enhancements/pull/1111");
        assertThat(kit.create(community.replace(
                        "\"metadata\":{",
                        "\"metadata\":{\"annotations\":{\"api-approved.kubernetes.io\":\"unapproved\"},")))
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> whatStaysAsItIs() {
        return definitions.update("""
            /spec/group = "b.example" => spec.group: Invalid value: "b.example": field is immutable
            /spec/names/plural = "gadgets" => spec.names.plural: Invalid value: "gadgets": field is immutable
            /spec/scope = "Cluster" => fine
            /spec/versions/0/name = "v2" => status.storedVersions: Invalid value: ["v1"]: must have the storage version v2
              | status.storedVersions[0]: Invalid value: "v1": missing from spec.versions; v1 was previously a storage
              version, and must remain in spec.versions until a storage migration ensures no data remains persisted in v1
              and removes v1 from status.storedVersions
            """);
    }

    @Test
    void scopeAndKindStayOnceTheResourceIsServed() {
        String established = VALID.replace(
                "\"spec\":{\"group\"",
                "\"status\":{\"storedVersions\":[\"v1\"],\"conditions\":[{\"type\":\"Established\",\"status\":\"True\"}]},"
                        + "\"spec\":{\"group\"");
        assertThat(kit.update(established, established.replace("Namespaced", "Cluster")))
                .containsExactly("spec.scope: Invalid value: \"Cluster\": field is immutable");
    }

    @Test
    void whatHasNoEffectIsWarnedOf() {
        String odd = VALID.replace("\"type\":\"integer\"", "\"type\":\"integer\",\"format\":\"int128\"")
                .replace(
                        "\"type\":\"array\",\"items\":{\"type\":\"string\"}",
                        "\"type\":\"array\",\"x-kubernetes-list-type\":\"set\",\"items\":{\"type\":\"object\"}");
        assertThat(DefinitionWarnings.of(Field.root(kit.object(odd))))
                .containsExactly(
                        "unrecognized format \"int128\"",
                        "x-kubernetes-list-type: set for items of type \"object\" is not supported by server-side"
                                + " apply or CEL validation rules");
    }
}
