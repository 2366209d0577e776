/** Publishes the cluster's root certificate into every namespace. */
@NullMarked
package io.kubespring.controllers.rootca;

import org.jspecify.annotations.NullMarked;
