package io.kubespring.controllers.daemonset;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDaemonSet;

/** How many nodes may be without a running Pod during an update: at least one, percentages round up. */
final class UpdateBudget {

    private UpdateBudget() {}

    static int of(DaemonSet set, int desired) {
        RollingUpdateDaemonSet rolling = set.getSpec().getUpdateStrategy() == null
                ? null
                : set.getSpec().getUpdateStrategy().getRollingUpdate();
        IntOrString value = rolling == null ? null : rolling.getMaxUnavailable();
        if (value == null) {
            return 1;
        }
        if (value.getIntVal() != null) {
            return Math.max(1, value.getIntVal());
        }
        String text = value.getStrVal();
        int percent = Integer.parseInt(text.substring(0, text.length() - 1));
        return Math.max(1, (percent * desired + 99) / 100);
    }
}
