package io.kubespring.apiserver.flowcontrol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Moves seats from levels that do not use theirs to levels that could, every period: each gets at least the lesser of what
 * it demanded and its share, and never less than it does not lend (KEP-1040 "Seat borrowing").
 */
final class Borrowing {

    private Borrowing() {}

    /** @return the fraction of its demand that every level gets which no bound holds back */
    static double adjust(Collection<Level> levels) {
        List<Level> limited = new ArrayList<>();
        List<SeatAllocation.Demand> demands = new ArrayList<>();
        int all = 0;
        int least = 0;
        int leastNow = 0;
        int exempt = 0;
        for (Level level : levels) {
            Line.DemandReport demand = level.line().closePeriod();
            level.demanded(demand);
            SeatLimits limits = level.limits();
            all += limits.nominal();
            if (level.configuration().exempt()) {
                int used = Math.max(limits.lowest(), demand.highWatermark());
                exempt += used;
                level.allow(used, used);
                continue;
            }
            int lowest = leastNow(limits, demand);
            limited.add(level);
            demands.add(new SeatAllocation.Demand(Math.max(lowest, demand.smoothed()), lowest, limits.highest()));
            least += limits.lowest();
            leastNow += lowest;
        }
        int left = all - exempt;
        if (left <= leastNow) {
            scarce(limited, demands, left, least, leastNow);
            return 0;
        }
        double fraction = SeatAllocation.fairFraction(left, demands);
        for (int i = 0; i < limited.size(); i++) {
            SeatAllocation.Demand demand = demands.get(i);
            limited.get(i).allow((int) Math.round(demand.at(fraction)), demand.target());
        }
        return fraction;
    }

    private static int leastNow(SeatLimits limits, Line.DemandReport demand) {
        return Math.max(limits.lowest(), Math.min(limits.nominal(), demand.highWatermark()));
    }

    /** Exempt requests took so much that nobody can have all it should. */
    private static void scarce(
            List<Level> levels, List<SeatAllocation.Demand> demands, int left, int least, int leastNow) {
        double part = leastNow > least ? Math.clamp((double) (left - least) / (leastNow - least), 0, 1) : 0;
        for (int i = 0; i < levels.size(); i++) {
            Level level = levels.get(i);
            int lowest = level.limits().lowest();
            double above = (demands.get(i).lower() - lowest) * part;
            level.allow(lowest + (int) Math.round(above), demands.get(i).target());
        }
    }
}
