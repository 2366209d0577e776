/** Keeps the rules of aggregated ClusterRoles (admin, edit, view, …) equal to those of the roles they select. */
@NullMarked
package io.kubespring.controllers.roleaggregation;

import org.jspecify.annotations.NullMarked;
