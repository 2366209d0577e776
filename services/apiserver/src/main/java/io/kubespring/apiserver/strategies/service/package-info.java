/** Services: their addresses, their node ports, and what becomes of both as a Service changes. */
@NullMarked
package io.kubespring.apiserver.strategies.service;

import org.jspecify.annotations.NullMarked;
