/** What the gateway tells and asks about the other services. */
@NullMarked
package io.kubespring.gateway.services;

import org.jspecify.annotations.NullMarked;
