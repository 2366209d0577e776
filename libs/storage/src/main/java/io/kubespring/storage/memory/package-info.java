/** A store for tests, gone with the process. */
@NullMarked
package io.kubespring.storage.memory;

import org.jspecify.annotations.NullMarked;
