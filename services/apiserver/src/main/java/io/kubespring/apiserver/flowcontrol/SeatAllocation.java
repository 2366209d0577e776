package io.kubespring.apiserver.flowcontrol;

import java.util.List;

/**
 * Divides seats among levels so that each gets the same fraction of its target, but never less than its lower and never
 * more than its upper bound ("max-min fairness within bounds", KEP-1040 "Dispatching").
 */
final class SeatAllocation {

    private static final double SMALLEST_TARGET = 0.001;
    private static final int HALVINGS = 200;

    private SeatAllocation() {}

    /** @param target at least {@code lower} */
    record Demand(double target, double lower, double upper) {
        double at(double fraction) {
            return Math.min(upper, Math.max(lower, fraction * Math.max(target, SMALLEST_TARGET)));
        }
    }

    /** The fraction of its target that every level gets which no bound holds back. */
    static double fairFraction(int seats, List<Demand> demands) {
        double low = 0;
        double high = 1;
        while (sum(high, demands) < seats && high < 1e12) {
            high *= 2;
        }
        for (int i = 0; i < HALVINGS && high - low > 1e-12 * high; i++) {
            double middle = (low + high) / 2;
            if (sum(middle, demands) < seats) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double sum(double fraction, List<Demand> demands) {
        double sum = 0;
        for (Demand each : demands) {
            sum += each.at(fraction);
        }
        return sum;
    }
}
