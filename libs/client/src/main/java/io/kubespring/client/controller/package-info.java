/** Reconcilers, the controllers that run them, and the manager that starts everything in order. */
@NullMarked
package io.kubespring.client.controller;

import org.jspecify.annotations.NullMarked;
