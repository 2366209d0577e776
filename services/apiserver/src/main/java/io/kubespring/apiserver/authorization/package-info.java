/** Whether a user may do what a request asks for: RBAC, Node, and how they are joined. */
@NullMarked
package io.kubespring.apiserver.authorization;

import org.jspecify.annotations.NullMarked;
