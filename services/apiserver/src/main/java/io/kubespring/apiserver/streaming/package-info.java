/** What the server passes on to kubelets: logs, exec, attach. */
@NullMarked
package io.kubespring.apiserver.streaming;

import org.jspecify.annotations.NullMarked;
