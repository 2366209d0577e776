/** The controller manager: the loops that bring the cluster towards what its objects ask for. */
@NullMarked
package io.kubespring.controllers;

import org.jspecify.annotations.NullMarked;
