/** Requests and limits as the kernel wants them, and quality-of-service classes. */
@NullMarked
package io.kubespring.kubelet.resources;

import org.jspecify.annotations.NullMarked;
