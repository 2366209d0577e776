package io.kubespring.testing.etcd;

import java.util.List;

/** Where members run. */
interface EtcdHosting {

    EtcdServer start(EtcdServer.Setup setup);

    /** @param count members of one new cluster, each answering */
    List<EtcdServer> startCluster(int count);

    /**
     * Containers where a Docker engine answers, else processes of this machine. {@code KUBESPRING_ETCD_IN}, "docker" or
     * "process", decides otherwise: a test in a network namespace does not reach what a container publishes.
     */
    static EtcdHosting chosen() {
        return Choice.MADE;
    }

    /** Made once: asking an engine that is not there takes a second. */
    final class Choice {
        private static final EtcdHosting MADE = make();

        private Choice() {}

        private static EtcdHosting make() {
            String wanted = System.getenv("KUBESPRING_ETCD_IN");
            if ("process".equals(wanted)) {
                return new ProcessHosting();
            }
            if ("docker".equals(wanted)) {
                return new DockerHosting(EtcdImage.pull());
            }
            return EtcdImage.find().<EtcdHosting>map(DockerHosting::new).orElseGet(ProcessHosting::new);
        }
    }
}
