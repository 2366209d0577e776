package io.kubespring.kubelet.volume;

import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.nio.file.Path;

/** Makes one type of volume ready. */
interface VolumePlugin {

    /** Upstream's name of the folder that holds this type's volumes ("kubernetes.io~configmap"). */
    String folderName();

    boolean handles(Volume volume);

    /**
     * Idempotent: called at every sync, it also brings content up to date.
     *
     * @return what is mounted into containers
     * @throws VolumeException where something referred to is missing or wrong
     */
    Path mount(VolumeRequest request) throws IOException;
}
