package io.kubespring.kubelet.server.request;

import java.io.IOException;

/** Serves some paths; called on a virtual thread after authentication and authorization. */
public interface Endpoint {

    /** @param first the path's first part */
    boolean handles(String first);

    /** @throws HttpError to answer with an error */
    void serve(Exchange exchange) throws IOException, InterruptedException;
}
