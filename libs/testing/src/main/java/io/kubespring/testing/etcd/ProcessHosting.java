package io.kubespring.testing.etcd;

import io.kubespring.testing.etcd.EtcdServer.Setup;
import java.util.ArrayList;
import java.util.List;

/** Members that are processes of this machine. */
final class ProcessHosting implements EtcdHosting {

    @Override
    public EtcdServer start(Setup setup) {
        return start(setup, 1).getFirst();
    }

    @Override
    public List<EtcdServer> startCluster(int count) {
        return start(new Setup(false, null, List.of()), count);
    }

    private static List<EtcdServer> start(Setup setup, int count) {
        var ports = new ArrayList<FreePorts>();
        for (int member = 0; member < count; member++) {
            ports.add(FreePorts.take());
        }
        var flags = new ClusterFlags(
                ports.stream().map(each -> "http://127.0.0.1:" + each.peer()).toList());
        var members = new ArrayList<LocalEtcd>();
        for (int member = 0; member < count; member++) {
            members.add(LocalEtcd.launch(setup, ports.get(member), flags.of(member)));
        }
        members.forEach(LocalEtcd::awaitHealth);
        return List.copyOf(members);
    }
}
