/** Role-based access control over the cluster's own Role and binding objects. */
@NullMarked
package io.kubespring.apiserver.authorization.rbac;

import org.jspecify.annotations.NullMarked;
