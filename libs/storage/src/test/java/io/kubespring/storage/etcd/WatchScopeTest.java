package io.kubespring.storage.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.storage.etcd.WatchScope.Progress;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How consistent reads learn that a watch is complete, by what etcd allows and by its version. */
class WatchScopeTest {

    private static final String DENIED = "rpc error: code = PermissionDenied desc = etcdserver: permission denied";

    private final CompletableFuture<Boolean> trusted = new CompletableFuture<>();
    private final WatchScope scope = new WatchScope(new KeySpace("/tenant"), () -> trusted, () -> {});

    @ParameterizedTest
    @CsvSource({
        "3.4.30, false",
        "3.4.31, true",
        "3.5.12, false",
        "3.5.13, true",
        "3.5.24, true",
        "3.6.0-rc.1, true",
        "3.3.27, false",
        "4.0.0, true",
        "2.3.8, false",
        "unknown, false"
    })
    void progressIsAskedOfVersionsThatTellItTruly(String version, boolean told) {
        assertThat(MemberVersions.tellsProgress(version)).isEqualTo(told);
    }

    @Test
    void allKeysAreWatchedWhereThatIsAllowed() {
        assertThat(scope.progress()).isEqualTo(Progress.EVENTS);
        assertThat(scope.first()).isEqualTo(scope.end()).isEqualTo(KeySpace.ZERO);
    }

    @Test
    void whoMayNotSeeAllKeysWatchesItsOwnAndAsksForProgressOnceAllMembersAreKnownToTellIt() {
        assertThat(scope.refused(DENIED)).isTrue();
        assertThat(scope.first().toStringUtf8()).isEqualTo("/tenant/");
        assertThat(scope.end().toStringUtf8()).isEqualTo("/tenant0");
        assertThat(scope.progress()).isEqualTo(Progress.WRITES);
        trusted.complete(true);
        assertThat(scope.progress()).isEqualTo(Progress.REQUESTS);
        assertThat(scope.refused(DENIED)).as("there is no less to ask for").isFalse();
    }

    @Test
    void oldMembersAreNotAsked() {
        scope.refused(DENIED);
        trusted.complete(false);
        assertThat(scope.progress()).isEqualTo(Progress.WRITES);
    }

    @Test
    void otherReasonsChangeNothing() {
        assertThat(scope.refused("etcdserver: no leader")).isFalse();
        assertThat(scope.progress()).isEqualTo(Progress.EVENTS);
    }
}
