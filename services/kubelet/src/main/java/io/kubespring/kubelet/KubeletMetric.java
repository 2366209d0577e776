package io.kubespring.kubelet;

/** The kubelet's metrics, under upstream's names. */
public enum KubeletMetric {
    NODE_NAME("kubelet_node_name", "Always 1; the label names the node"),
    RUNNING_PODS("kubelet_running_pods", "Pods that have a ready sandbox"),
    RUNNING_CONTAINERS("kubelet_running_containers", "Containers by state"),
    RELIST("kubelet_pleg_relist_duration_seconds", "How long it takes to list what the runtime has"),
    DESIRED_PODS("kubelet_desired_pods", "Pods that should be here");

    private final String text;
    private final String help;

    KubeletMetric(String text, String help) {
        this.text = text;
        this.help = help;
    }

    public String text() {
        return text;
    }

    public String help() {
        return help;
    }
}
