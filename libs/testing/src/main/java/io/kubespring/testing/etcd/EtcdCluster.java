package io.kubespring.testing.etcd;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Several {@link EtcdServer}s that are one cluster. */
public final class EtcdCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final List<EtcdServer> members;

    private EtcdCluster(List<EtcdServer> members) {
        this.members = members;
    }

    /** Started, each member answering. */
    public static EtcdCluster start(int members) {
        return new EtcdCluster(EtcdHosting.chosen().startCluster(members));
    }

    public List<EtcdServer> members() {
        return members;
    }

    /** Of every member, separated by commas: what {@code --etcd-servers} takes. */
    public String endpoints() {
        return members.stream().map(EtcdServer::endpoint).collect(Collectors.joining(","));
    }

    /** Who leads, once somebody does. */
    public EtcdServer leader() {
        for (Duration waited = Duration.ZERO; waited.compareTo(PATIENCE) < 0; waited = waited.plus(BETWEEN_LOOKS)) {
            for (EtcdServer member : members) {
                if (member.leads()) {
                    return member;
                }
            }
            Probe.pause(BETWEEN_LOOKS);
        }
        throw new IllegalStateException("no member of etcd leads");
    }

    /** One that follows. */
    public EtcdServer follower() {
        EtcdServer leader = leader();
        return members.stream().filter(member -> member != leader).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        members.forEach(EtcdServer::close);
    }
}
