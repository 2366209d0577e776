package io.kubespring.apiserver.bootstrap;

import io.kubespring.client.KubeClient;

/** One thing that a cluster starts with. Idempotent; may block its (virtual) thread. */
interface BootstrapStep {

    /** As the log names it. */
    String name();

    /** @throws RuntimeException where it should be tried again */
    void run(KubeClient client);
}
