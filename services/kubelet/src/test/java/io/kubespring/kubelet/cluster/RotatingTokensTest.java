package io.kubespring.kubelet.cluster;

import static io.kubespring.kubelet.fake.PodText.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.time.ManualTime;
import io.kubespring.kubelet.cluster.RotatingTokens.IssuedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RotatingTokensTest {

    private final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
    private final Pod pod = pod("containers: [{name: c, image: i}]");
    private int issued;
    private boolean down;
    private final RotatingTokens tokens = new RotatingTokens(
            (pod, audiences, seconds) -> {
                if (down) {
                    throw new IllegalStateException("down");
                }
                return new IssuedToken("t" + ++issued, time.now().plusSeconds(seconds));
            },
            time);

    private String token() {
        return tokens.token(pod, List.of(), 3600);
    }

    @Test
    void aTokenIsRenewedAfterFourFifthsOfItsLife() {
        assertThat(token()).isEqualTo("t1");
        time.advance(Duration.ofMinutes(47));
        assertThat(token()).isEqualTo("t1");
        time.advance(Duration.ofMinutes(2));
        assertThat(token()).isEqualTo("t2");
    }

    @Test
    void theOldOneServesWhileTheApiServerIsDown() {
        token();
        down = true;
        time.advance(Duration.ofMinutes(50));
        assertThat(token()).isEqualTo("t1");
        time.advance(Duration.ofMinutes(20));
        assertThatThrownBy(this::token).hasMessage("down");
    }

    @Test
    void anotherPodGetsAnotherToken() {
        token();
        tokens.forget("u1");
        assertThat(token()).isEqualTo("t2");
    }
}
