package io.kubespring.storage.etcd;

import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.StatusRequest;
import io.grpc.ManagedChannel;
import io.kubespring.api.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each member for its version, on a connection of its own. Progress of watches is told truly from 3.4.31 and 3.5.13
 * on (etcd's issues 15220 and 17507). The question is refused to whoever is no administrator by late versions only (seen
 * of 3.6.8). A member that does not answer is asked until it does.
 */
final class MemberVersions {

    private static final Logger LOG = LoggerFactory.getLogger(MemberVersions.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");
    private static final int FIRST_OF_3_4 = 31;
    private static final int FIRST_OF_3_5 = 13;

    private final EtcdOptions options;
    private final Executor executor;
    private final TimeSource time;

    MemberVersions(EtcdOptions options, Executor executor, TimeSource time) {
        this.options = options;
        this.executor = executor;
        this.time = time;
    }

    /** Completes when all members have answered; never, if one does not. */
    CompletableFuture<Boolean> allTellProgress() {
        List<CompletableFuture<Boolean>> answers =
                options.endpoints().stream().map(this::tellsProgress).toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(done -> answers.stream().allMatch(CompletableFuture::join));
    }

    private CompletableFuture<Boolean> tellsProgress(URI member) {
        var answer = new CompletableFuture<Boolean>();
        ask(member, answer);
        return answer;
    }

    private void ask(URI member, CompletableFuture<Boolean> answer) {
        ManagedChannel channel = EtcdChannel.open(options.withEndpoint(member));
        new Rpc(channel, executor, time, options.requestTimeout())
                .read(MaintenanceGrpc.getStatusMethod(), StatusRequest.getDefaultInstance())
                .whenComplete((status, failure) -> {
                    channel.shutdown();
                    if (failure == null) {
                        LOG.info("etcd at {} is {}", member, status.getVersion());
                        answer.complete(tellsProgress(status.getVersion()));
                    } else if (EtcdErrors.denied(String.valueOf(failure.getMessage()))) {
                        LOG.info("etcd at {} tells its version to administrators only, so it is a late one", member);
                        answer.complete(true);
                    } else {
                        LOG.info("etcd at {} does not tell its version: {}", member, failure.getMessage());
                        time.schedule(AGAIN, () -> ask(member, answer));
                    }
                });
    }

    /** @param version such as "3.5.24"; one that cannot be read is not trusted */
    static boolean tellsProgress(String version) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            return false;
        }
        int major = Integer.parseInt(parts.group(1));
        int minor = Integer.parseInt(parts.group(2));
        int patch = Integer.parseInt(parts.group(3));
        if (major != 3) {
            return major > 3;
        }
        return switch (minor) {
            case 4 -> patch >= FIRST_OF_3_4;
            case 5 -> patch >= FIRST_OF_3_5;
            default -> minor > 5;
        };
    }
}
