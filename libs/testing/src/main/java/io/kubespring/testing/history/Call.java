package io.kubespring.testing.history;

/**
 * One call of a client, as the client saw it. Values are unique to their write, so that a value tells who wrote it.
 *
 * @param invoked before the call was sent, on a clock that all clients share
 * @param returned after its answer had arrived; {@link #NEVER} if none did
 */
public record Call(int client, String key, Action action, long invoked, long returned, Outcome outcome) {

    public static final long NEVER = Long.MAX_VALUE;

    /** What was asked for. Revisions are those that the client had seen before. */
    public sealed interface Action {
        record Get() implements Action {}

        record Create(String value) implements Action {}

        record Update(String value, long expectedRevision) implements Action {}

        record Delete(long expectedRevision) implements Action {}
    }

    /** What came back. */
    public sealed interface Outcome {
        /** Of a get. */
        record Found(String value, long revision) implements Outcome {}

        /** Of a get. */
        record Absent() implements Outcome {}

        /** @param revision that the write was given; 0 where the answer does not tell */
        record Written(long revision) implements Outcome {}

        /** The write's condition did not hold. */
        record Refused() implements Outcome {}

        /** The write may have happened, or may yet happen; a get without an answer says nothing. */
        record Unknown() implements Outcome {}
    }

    boolean certain() {
        return !(outcome instanceof Outcome.Unknown);
    }
}
