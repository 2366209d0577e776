/** How much memory the process takes for what it holds. */
@NullMarked
package io.kubespring.service.memory;

import org.jspecify.annotations.NullMarked;
