package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.List;

/** A Pod that scheduling gates hold may be told to go to fewer nodes, never to more (KEP-3838). */
final class GatedRule {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String ONLY_ADDED = "only additions are allowed (no mutations or deletions)";

    private GatedRule() {}

    static void nodeSelector(Field next, Field current, Errors errors) {
        for (Field old : current.entries()) {
            if (!next.key(old.name()).sameAs(old)) {
                errors.invalid(
                        next,
                        next.value(),
                        "only additions to spec.nodeSelector are allowed (no mutations or" + " deletions)");
                return;
            }
        }
    }

    static void nodeAffinity(Field next, Field current, Errors errors) {
        Field required = next.at(REQUIRED);
        Field before = current.at(REQUIRED);
        List<Field> terms = required.at("nodeSelectorTerms").items();
        List<Field> old = before.at("nodeSelectorTerms").items();
        if (old.isEmpty()) {
            return;
        }
        if (terms.size() != old.size()) {
            errors.invalid(
                    required.at("nodeSelectorTerms"),
                    "no additions/deletions to non-empty NodeSelectorTerms list are" + " allowed");
            return;
        }
        for (int i = 0; i < terms.size(); i++) {
            if (!isPrefix(old.get(i).at("matchExpressions"), terms.get(i).at("matchExpressions"))
                    || !isPrefix(old.get(i).at("matchFields"), terms.get(i).at("matchFields"))
                    || (isEmpty(old.get(i)) && !isEmpty(terms.get(i)))) {
                errors.invalid(terms.get(i), ONLY_ADDED);
            }
        }
    }

    private static boolean isEmpty(Field term) {
        return term.at("matchExpressions").empty() && term.at("matchFields").empty();
    }

    private static boolean isPrefix(Field old, Field next) {
        List<Field> before = old.items();
        List<Field> after = next.items();
        if (after.size() < before.size()) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            if (!after.get(i).sameAs(before.get(i))) {
                return false;
            }
        }
        return true;
    }
}
