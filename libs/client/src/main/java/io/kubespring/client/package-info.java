/**
 * The client of the Kubernetes API: {@link io.kubespring.client.KubeClient} gives typed and untyped access over a
 * {@link io.kubespring.client.transport.Transport}. Informers, work queues and controllers stand on top of it.
 */
@NullMarked
package io.kubespring.client;

import org.jspecify.annotations.NullMarked;
