/** How long a request may take, and when it may start: deadlines around the gate of {@code flowcontrol}. */
@NullMarked
package io.kubespring.apiserver.limits;

import org.jspecify.annotations.NullMarked;
