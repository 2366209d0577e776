/** What every endpoint is handed: the request, the way to answer it, the Pod it names. */
@NullMarked
package io.kubespring.kubelet.server.request;

import org.jspecify.annotations.NullMarked;
