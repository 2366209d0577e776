package io.kubespring.testing.etcd;

import io.kubespring.testing.etcd.EtcdServer.Setup;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;

/** Members that are containers; those of a cluster meet in a network of their own. */
final class DockerHosting implements EtcdHosting {

    private static final Setup PLAIN = new Setup(false, null, List.of());

    private final DockerImageName image;

    DockerHosting(DockerImageName image) {
        this.image = image;
    }

    @Override
    public EtcdServer start(Setup setup) {
        return start(setup, 1).getFirst();
    }

    @Override
    public List<EtcdServer> startCluster(int count) {
        return start(PLAIN, count);
    }

    private List<EtcdServer> start(Setup setup, int count) {
        Network network = Network.newNetwork();
        var names = new ArrayList<String>();
        for (int member = 0; member < count; member++) {
            names.add("member-" + member);
        }
        var flags = new ClusterFlags(names.stream()
                .map(name -> "http://" + name + ":" + DockerEtcd.PEER_PORT)
                .toList());
        var members = new ArrayList<DockerEtcd>();
        for (int member = 0; member < count; member++) {
            members.add(DockerEtcd.launch(image, setup, network, names.get(member), flags.of(member)));
        }
        members.forEach(DockerEtcd::awaitHealth);
        return List.copyOf(members);
    }
}
