/** The Pods' network across machines: what flannel does with the kube subnet manager. */
@NullMarked
package io.kubespring.flannel;

import org.jspecify.annotations.NullMarked;
