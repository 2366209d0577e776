/** Whether the API server answers, for the readiness of components. */
@NullMarked
package io.kubespring.client.health;

import org.jspecify.annotations.NullMarked;
