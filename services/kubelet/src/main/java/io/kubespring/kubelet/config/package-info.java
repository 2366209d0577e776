/** The kubelet's settings, under upstream's names. */
@NullMarked
package io.kubespring.kubelet.config;

import org.jspecify.annotations.NullMarked;
