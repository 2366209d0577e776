package io.kubespring.apiserver.handlers;

import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.request.ListOptions;

/** Which objects a list or watch is about. */
record Selection(ListOptions options) {

    boolean matches(StoredObject object) {
        var labels = options.labelSelector();
        if (labels != null && !labels.matches(object.labels())) {
            return false;
        }
        var fields = options.fieldSelector();
        if (fields == null) {
            return true;
        }
        for (var each : fields.requirements()) {
            String value = object.field(each.field());
            if (!each.matches(value == null ? "" : value)) {
                return false;
            }
        }
        return true;
    }
}
