/** Images: pulling with policy, credentials and back-off, and collecting those that nobody uses. */
@NullMarked
package io.kubespring.kubelet.image;

import org.jspecify.annotations.NullMarked;
