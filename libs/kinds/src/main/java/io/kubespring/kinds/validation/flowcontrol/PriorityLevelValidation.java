package io.kubespring.kinds.validation.flowcontrol;

import io.kubespring.kinds.flowcontrol.BuiltInFlowControl;
import io.kubespring.kinds.flowcontrol.ShuffleSharding;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.tree.Semantics;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** PriorityLevelConfigurations: a union at two heights, a hand that can be dealt, and the mandatory ones as they must be. */
public final class PriorityLevelValidation implements KindValidation {

    private static final long MOST_QUEUES = 10_000_000;
    private static final String NON_NEGATIVE = "must be a non-negative integer";

    @Override
    public void create(Field level, Errors errors) {
        String name = level.at("metadata", "name").text();
        Field spec = level.at("spec");
        spec(name, spec, errors);
        ObjectNode fixed = BuiltInFlowControl.mandatoryLevel(name);
        if (fixed != null) {
            mandatory(name, spec, fixed, errors);
        }
        FlowConditions.check(level.at("status"), errors);
    }

    private static void spec(String name, Field spec, Errors errors) {
        Field type = spec.at("type");
        if (type.empty()) {
            errors.required(type, "");
            return;
        }
        boolean exempt = type.isText("Exempt");
        if (name.equals(BuiltInFlowControl.EXEMPT) != exempt) {
            errors.invalid(type, "must be 'Exempt' if and only if `name` is 'exempt'");
        }
        if (exempt) {
            if (spec.at("limited").present()) {
                errors.forbidden(spec.at("limited"), "must be nil if the type is not Limited");
            }
            if (spec.at("exempt").present()) {
                shares(spec.at("exempt"), errors);
            }
        } else if (type.isText("Limited")) {
            if (spec.at("exempt").present()) {
                errors.forbidden(spec.at("exempt"), "must be nil if the type is Limited");
            }
            if (spec.at("limited").absent()) {
                errors.required(spec.at("limited"), "must not be empty when type is Limited");
            } else {
                limited(spec.at("limited"), errors);
            }
        } else {
            errors.notSupported(type, List.of("Exempt", "Limited"));
        }
    }

    private static void shares(Field configuration, Errors errors) {
        Field shares = configuration.at("nominalConcurrencyShares");
        if (shares.number() < 0) {
            errors.invalid(shares, NON_NEGATIVE);
        }
        percentage(configuration.at("lendablePercent"), errors);
    }

    private static void percentage(Field percent, Errors errors) {
        if (percent.number() < 0 || percent.number() > 100) {
            errors.invalid(percent, "must be between 0 and 100, inclusive");
        }
    }

    private static void limited(Field limited, Errors errors) {
        Field shares = limited.at("nominalConcurrencyShares");
        if (shares.number() < 0) {
            errors.invalid(shares, NON_NEGATIVE);
        }
        response(limited.at("limitResponse"), errors);
        percentage(limited.at("lendablePercent"), errors);
        Field borrowing = limited.at("borrowingLimitPercent");
        if (borrowing.number() < 0) {
            errors.invalid(borrowing, "if specified, " + NON_NEGATIVE);
        }
    }

    private static void response(Field response, Errors errors) {
        Field queuing = response.at("queuing");
        switch (response.at("type").text()) {
            case "Reject" -> {
                if (queuing.present()) {
                    errors.forbidden(queuing, "must be nil if limited.limitResponse.type is not Limited");
                }
            }
            case "Queue" -> {
                if (queuing.absent()) {
                    errors.required(queuing, "must not be empty if limited.limitResponse.type is Limited");
                } else {
                    queuing(queuing, errors);
                }
            }
            default -> errors.requireOneOf(response.at("type"), List.of("Queue", "Reject"));
        }
    }

    private static void queuing(Field queuing, Errors errors) {
        positive(queuing.at("queueLengthLimit"), errors);
        Field queues = queuing.at("queues");
        if (queues.number() > MOST_QUEUES) {
            errors.invalid(queues, "must not be greater than " + MOST_QUEUES);
        } else {
            positive(queues, errors);
        }
        Field hand = queuing.at("handSize");
        if (hand.number() <= 0) {
            positive(hand, errors);
        } else if (hand.number() > queues.number()) {
            errors.invalid(hand, "should not be greater than queues (" + queues.number() + ")");
        } else if (ShuffleSharding.requiredEntropyBits((int) queues.number(), (int) hand.number())
                > ShuffleSharding.MAX_HASH_BITS) {
            errors.invalid(
                    hand,
                    "required entropy bits of deckSize " + queues.number() + " and handSize " + hand.number()
                            + " should not be greater than " + ShuffleSharding.MAX_HASH_BITS);
        }
    }

    private static void positive(Field number, Errors errors) {
        if (number.number() <= 0) {
            errors.invalid(number, number.number(), "must be positive");
        }
    }

    /** The exempt level may be given shares to count and lend; nothing else of a mandatory level may change. */
    private static void mandatory(String name, Field spec, ObjectNode fixed, Errors errors) {
        boolean exempt = name.equals(BuiltInFlowControl.EXEMPT);
        @Nullable ObjectNode compared = spec.value() instanceof ObjectNode given ? given.deepCopy() : null;
        if (exempt && compared != null) {
            compared.set("exempt", fixed.path("spec").path("exempt"));
        }
        if (compared == null || !Semantics.equal(compared, fixed.path("spec"))) {
            errors.invalid(
                    spec,
                    "spec of '" + name + "'" + (exempt ? " except the 'spec.exempt' field" : "")
                            + " must equal the fixed value");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        FlowConditions.check(next.at("status"), errors);
    }
}
