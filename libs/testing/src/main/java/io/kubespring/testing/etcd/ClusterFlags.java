package io.kubespring.testing.etcd;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Who the members of a cluster are, as etcd's flags.
 *
 * @param peers where each member is found by the others
 */
record ClusterFlags(List<String> peers) {

    /** On a busy machine a leader may be slow; a lone one has nobody to be slow for. */
    private static final List<String> PATIENT = List.of("--heartbeat-interval=100", "--election-timeout=1000");

    private static final List<String> QUICK = List.of("--heartbeat-interval=50", "--election-timeout=500");

    List<String> of(int member) {
        var cluster = new StringJoiner(",");
        for (int each = 0; each < peers.size(); each++) {
            cluster.add("member-" + each + "=" + peers.get(each));
        }
        var flags = new ArrayList<>(List.of(
                "--name=member-" + member,
                "--initial-advertise-peer-urls=" + peers.get(member),
                "--initial-cluster=" + cluster,
                "--initial-cluster-state=new",
                "--logger=zap",
                "--log-level=warn"));
        flags.addAll(peers.size() > 1 ? PATIENT : QUICK);
        return flags;
    }
}
