package io.kubespring.apiserver.flowcontrol;

/**
 * The seats of a level by its configuration.
 *
 * @param nominal its share of the server's
 * @param lowest what is left when it lent all it lends
 * @param highest with all that it may borrow
 * @param widest the most one request is counted as
 */
record SeatLimits(int nominal, int lowest, int highest, int widest) {

    static final SeatLimits NONE = new SeatLimits(0, 0, 0, 1);

    /** So that one wide request does not have to wait for most of its level to be free. */
    private static final double WIDEST_PART = 0.15;

    static SeatLimits of(PriorityLevel level, int serverSeats, int allShares) {
        int nominal = allShares == 0 ? 0 : (int) Math.ceil((double) serverSeats * level.shares() / allShares);
        int lendable = (int) Math.round(nominal * level.lendablePercent() / 100.0);
        Integer percent = level.borrowingLimitPercent();
        int borrowable = percent == null ? serverSeats : (int) Math.round(nominal * percent / 100.0);
        int widest = level.handSize() == 0
                ? Integer.MAX_VALUE
                : Math.max(1, Math.min((int) Math.ceil(nominal * WIDEST_PART), nominal / level.handSize()));
        return new SeatLimits(nominal, nominal - lendable, nominal + borrowable, widest);
    }
}
