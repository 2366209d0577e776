package io.kubespring.kinds.flowcontrol;

/**
 * Deals each flow a few of many queues, so that two flows rarely share all of theirs: one that floods its queues leaves
 * every other flow at least one that is free. The same hash always deals the same hand.
 */
public final class ShuffleSharding {

    /** More would be dealt unevenly from 64 bits. */
    public static final int MAX_HASH_BITS = 60;

    private static final int LARGEST_DECK = 1 << 26;

    private final int deck;
    private final int hand;

    /**
     * @param deck number of queues
     * @param hand number of queues a flow is dealt
     * @throws IllegalArgumentException for a hand that cannot be dealt
     */
    public ShuffleSharding(int deck, int hand) {
        if (hand <= 0 || hand > deck || deck > LARGEST_DECK || requiredEntropyBits(deck, hand) > MAX_HASH_BITS) {
            throw new IllegalArgumentException("cannot deal " + hand + " of " + deck + " queues");
        }
        this.deck = deck;
        this.hand = hand;
    }

    /** How many bits of hash a hand uses up. */
    public static int requiredEntropyBits(int deck, int hand) {
        return (int) Math.ceil(Math.log(deck) / Math.log(2) * hand);
    }

    public int hand() {
        return hand;
    }

    /**
     * Fills {@code dealt} with different numbers below the deck's size. The hash is read as a number in mixed base
     * deck, deck − 1, …: each digit names one of the cards that are left.
     *
     * @param dealt at least as long as the hand
     */
    public void deal(long hash, int[] dealt) {
        long rest = hash;
        for (int i = 0; i < hand; i++) {
            int left = deck - i;
            int card = (int) Long.remainderUnsigned(rest, left);
            rest = Long.divideUnsigned(rest, left);
            // From "the nth of those that are left" to its number in the whole deck.
            int at = 0;
            while (at < i && dealt[at] <= card) {
                card++;
                at++;
            }
            System.arraycopy(dealt, at, dealt, at + 1, i - at);
            dealt[at] = card;
        }
    }
}
