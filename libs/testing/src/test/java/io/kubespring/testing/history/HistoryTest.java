package io.kubespring.testing.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.testing.history.Call.Action;
import io.kubespring.testing.history.Call.Outcome;
import io.kubespring.testing.history.WatchLog.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The checker accepts what one store can have answered, and nothing else. */
class HistoryTest {

    private final List<Call> calls = new ArrayList<>();

    private HistoryTest call(Action action, long invoked, long returned, Outcome outcome) {
        calls.add(new Call(0, "k", action, invoked, returned, outcome));
        return this;
    }

    private static Outcome found(String value, long revision) {
        return new Outcome.Found(value, revision);
    }

    private static Outcome written(long revision) {
        return new Outcome.Written(revision);
    }

    private List<String> linearizability() {
        return Linearizability.violations(calls, Revisions.of(calls));
    }

    @Test
    void anOverlappingReadMaySeeTheOldOrTheNewValue() {
        call(new Action.Create("a"), 1, 2, written(2))
                .call(new Action.Update("b", 2), 3, 10, written(3))
                .call(new Action.Get(), 4, 5, found("a", 2))
                .call(new Action.Get(), 6, 7, found("b", 3));
        assertThat(linearizability()).isEmpty();
    }

    @Test
    void aStaleReadIsFound() {
        call(new Action.Create("a"), 1, 2, written(2))
                .call(new Action.Update("b", 2), 3, 4, written(3))
                .call(new Action.Get(), 5, 6, found("a", 2));
        assertThat(linearizability()).singleElement().asString().contains("about k");
    }

    @Test
    void readsThatGoBackAreFoundEvenWhileTheWriteIsUnderWay() {
        call(new Action.Create("a"), 1, 2, written(2))
                .call(new Action.Update("b", 2), 3, 20, written(3))
                .call(new Action.Get(), 4, 5, found("b", 3))
                .call(new Action.Get(), 6, 7, found("a", 2));
        assertThat(linearizability()).isNotEmpty();
    }

    @Test
    void aLostAcknowledgedWriteIsFound() {
        call(new Action.Create("a"), 1, 2, written(2)).call(new Action.Get(), 3, 4, new Outcome.Absent());
        assertThat(linearizability()).isNotEmpty();
    }

    @Test
    void twoSwapsOfOneRevisionAreFound() {
        call(new Action.Create("a"), 1, 2, written(2))
                .call(new Action.Update("b", 2), 3, 8, written(3))
                .call(new Action.Update("c", 2), 3, 8, written(4));
        assertThat(linearizability()).isNotEmpty();
    }

    @Test
    void aRefusalWithoutACauseIsFound() {
        call(new Action.Create("a"), 1, 2, written(2)).call(new Action.Delete(2), 3, 4, new Outcome.Refused());
        assertThat(linearizability()).isNotEmpty();
    }

    @Test
    void aWriteWithoutAnAnswerMayHaveHappenedOrNot() {
        call(new Action.Create("a"), 1, 2, written(2))
                .call(new Action.Update("b", 2), 3, Call.NEVER, new Outcome.Unknown())
                .call(new Action.Update("c", 2), 3, Call.NEVER, new Outcome.Unknown())
                .call(new Action.Get(), 50, 51, found("c", 7))
                .call(new Action.Get(), 52, 53, found("c", 7));
        assertThat(linearizability()).isEmpty();
        call(new Action.Get(), 54, 55, found("a", 2));
        assertThat(linearizability()).isNotEmpty();
    }

    @Test
    void aRevisionForTwoWritesAndOneThatGoesBackAreFound() {
        call(new Action.Create("a"), 1, 2, written(5)).call(new Action.Get(), 3, 4, found("b", 5));
        assertThat(Revisions.of(calls).violations())
                .singleElement()
                .asString()
                .contains("revision 5 was shown as k=a and as k=b");
        calls.clear();
        call(new Action.Create("a"), 1, 2, written(5)).call(new Action.Update("b", 5), 3, 4, written(4));
        assertThat(Revisions.of(calls).violations()).singleElement().asString().contains("no higher revision");
    }

    /** A made-up history of a correct register is accepted, however its calls overlap; one changed answer is not. */
    @Test
    void aLongHistoryIsDecided() {
        var random = new Random(7);
        String value = null;
        long revision = 1;
        for (int number = 0; number < 2_000; number++) {
            // Takes effect at 10 × number, sent up to 40 earlier and answered up to 40 later.
            long invoked = number * 10L - random.nextInt(40);
            long returned = number * 10L + 1 + random.nextInt(40);
            if (value == null) {
                value = "v" + number;
                call(new Action.Create(value), invoked, returned, written(++revision));
            } else if (random.nextInt(3) == 0) {
                call(new Action.Get(), invoked, returned, found(value, revision));
            } else if (random.nextInt(10) == 0) {
                call(new Action.Delete(revision++), invoked, returned, written(0));
                value = null;
            } else {
                value = "v" + number;
                call(new Action.Update(value, revision), invoked, returned, written(++revision));
            }
        }
        assertThat(linearizability()).isEmpty();
        assertThat(Revisions.of(calls).violations()).isEmpty();
        calls.set(1_000, new Call(0, "k", new Action.Get(), 10_000, 10_001, new Outcome.Absent()));
        assertThat(linearizability()).isNotEmpty();
    }

    private List<String> watches(WatchLog... logs) {
        return WatchOrder.violations(calls, List.of(logs));
    }

    @Test
    void aResumedWatchIsComplete() {
        call(new Action.Create("a"), 1, 2, written(2)).call(new Action.Update("b", 2), 3, 4, written(3));
        var log = new WatchLog("w");
        log.listed(1, Map.of());
        log.told(Change.ADDED, "k", "a", 2);
        log.told(Change.MODIFIED, "k", "b", 3);
        log.told(Change.DELETED, "k", "b", 4);
        assertThat(watches(log)).isEmpty();
        assertThat(log.revision()).isEqualTo(4);
    }

    @Test
    void aSkippedADoubledAndADisorderedEventAreFound() {
        call(new Action.Create("a"), 1, 2, written(2)).call(new Action.Update("b", 2), 3, 4, written(3));
        var skipped = new WatchLog("skipped");
        skipped.listed(1, Map.of());
        skipped.told(Change.ADDED, "k", "b", 3);
        assertThat(watches(skipped)).anyMatch(each -> each.contains("never told of k=a at revision 2"));
        var doubled = new WatchLog("doubled");
        doubled.listed(2, Map.of("k", "a"));
        doubled.told(Change.ADDED, "k", "a", 2);
        assertThat(watches(doubled)).anyMatch(each -> each.contains("after revision 2"));
        var one = new WatchLog("one");
        one.listed(9, Map.of());
        one.told(Change.ADDED, "k", "x", 10);
        var other = new WatchLog("other");
        other.listed(9, Map.of());
        other.told(Change.ADDED, "k", "y", 10);
        assertThat(watches(one, other)).anyMatch(each -> each.contains("another ADDED k=x"));
    }

    @Test
    void aListAfterABreakCoversWhatWasMissedButMayNotGoBack() {
        call(new Action.Create("a"), 1, 2, written(2)).call(new Action.Update("b", 2), 3, 4, written(3));
        var log = new WatchLog("w");
        log.listed(1, Map.of());
        log.listed(3, Map.of("k", "b"));
        assertThat(watches(log)).isEmpty();
        log.listed(2, Map.of("k", "a"));
        assertThat(watches(log)).hasSize(1);
    }
}
