/** The HTTPS transport and the kubeconfig that describes how to reach a server. */
@NullMarked
package io.kubespring.client.rest;

import org.jspecify.annotations.NullMarked;
