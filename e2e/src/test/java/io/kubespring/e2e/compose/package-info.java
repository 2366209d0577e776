/** The cluster of docker-compose.yml, through its gateway. */
@NullMarked
package io.kubespring.e2e.compose;

import org.jspecify.annotations.NullMarked;
