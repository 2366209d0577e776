/** Connections that leave HTTP: asking a server for an upgrade, and passing bytes between two that did. */
@NullMarked
package io.kubespring.service.upgrade;

import org.jspecify.annotations.NullMarked;
