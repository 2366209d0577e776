/** What RBAC objects mean: rule matching, coverage, subjects and aggregation, as pure functions. */
@NullMarked
package io.kubespring.kinds.rbac;

import org.jspecify.annotations.NullMarked;
