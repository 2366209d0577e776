/** What every cluster starts with: namespaces, roles, priority classes, the kubernetes Service. */
@NullMarked
package io.kubespring.apiserver.bootstrap;

import org.jspecify.annotations.NullMarked;
