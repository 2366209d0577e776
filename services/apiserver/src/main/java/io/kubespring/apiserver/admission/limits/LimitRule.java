package io.kubespring.apiserver.admission.limits;

import io.kubespring.api.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One item of a LimitRange's limits: bounds for everything of one type, in upstream's words.
 *
 * @param type "Container", "Pod" or "PersistentVolumeClaim"
 * @param maxRatio the most that a limit may be of its request
 */
record LimitRule(
        String type,
        Quantities min,
        Quantities max,
        Quantities maxRatio,
        Quantities defaultLimit,
        Quantities defaultRequest) {

    static List<LimitRule> parse(JsonNode limitRange) {
        var rules = new ArrayList<LimitRule>();
        for (JsonNode item : limitRange.path("spec").path("limits")) {
            rules.add(new LimitRule(
                    item.path("type").asString(""),
                    Quantities.of(item.path("min")),
                    Quantities.of(item.path("max")),
                    Quantities.of(item.path("maxLimitRequestRatio")),
                    Quantities.of(item.path("default")),
                    Quantities.of(item.path("defaultRequest"))));
        }
        return List.copyOf(rules);
    }

    /** What of the bounds is broken, one sentence each. */
    List<String> violations(Quantities requests, Quantities limits) {
        var broken = new ArrayList<String>();
        for (Map.Entry<String, Quantity> bound : min.amounts().entrySet()) {
            belowMin(broken, bound.getKey(), bound.getValue(), requests, limits);
        }
        for (Map.Entry<String, Quantity> bound : max.amounts().entrySet()) {
            aboveMax(broken, bound.getKey(), bound.getValue(), requests, limits);
        }
        for (Map.Entry<String, Quantity> bound : maxRatio.amounts().entrySet()) {
            aboveRatio(
                    broken, bound.getKey(), bound.getValue(), requests.get(bound.getKey()), limits.get(bound.getKey()));
        }
        return broken;
    }

    private void belowMin(
            List<String> broken, String resource, Quantity bound, Quantities requests, Quantities limits) {
        String opening = "minimum " + resource + " usage per " + type + " is " + bound;
        Quantity request = requests.get(resource);
        Quantity limit = limits.get(resource);
        if (request == null) {
            broken.add(opening + ".  No request is specified");
        } else if (request.compareTo(bound) < 0) {
            broken.add(opening + ", but request is " + request);
        } else if (limit != null && limit.compareTo(bound) < 0) {
            broken.add(opening + ", but limit is " + limit);
        }
    }

    private void aboveMax(
            List<String> broken, String resource, Quantity bound, Quantities requests, Quantities limits) {
        String opening = "maximum " + resource + " usage per " + type + " is " + bound;
        Quantity request = requests.get(resource);
        Quantity limit = limits.get(resource);
        if (limit == null) {
            broken.add(opening + ".  No limit is specified");
        } else if (limit.compareTo(bound) > 0) {
            broken.add(opening + ", but limit is " + limit);
        } else if (request != null && request.compareTo(bound) > 0) {
            broken.add(opening + ", but request is " + request);
        }
    }

    private void aboveRatio(
            List<String> broken,
            String resource,
            Quantity bound,
            @Nullable Quantity request,
            @Nullable Quantity limit) {
        String opening = resource + " max limit to request ratio per " + type + " is " + bound;
        if (request == null || request.isZero()) {
            broken.add(opening + ", but no request is specified or request is 0");
        } else if (limit == null || limit.isZero()) {
            broken.add(opening + ", but no limit is specified or limit is 0");
        } else {
            double ratio = limit.amount().doubleValue() / request.amount().doubleValue();
            if (ratio > bound.amount().doubleValue()) {
                broken.add(opening + ", but provided ratio is " + String.format(Locale.ROOT, "%f", ratio));
            }
        }
    }
}
