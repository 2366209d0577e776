/**
 * Coverage-guided garbage (Jazzer). Every build replays the corpora under {@code src/test/resources/fuzz},
 * the long tier looks for more.
 */
@NullMarked
package io.kubespring.apiserver.fuzz;

import org.jspecify.annotations.NullMarked;
