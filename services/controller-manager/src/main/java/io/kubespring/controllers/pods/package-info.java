/** Rules about Pods that several controllers share, and the making and deleting of Pods. */
@NullMarked
package io.kubespring.controllers.pods;

import org.jspecify.annotations.NullMarked;
