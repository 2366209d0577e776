/** Amounts with units: 1500m, 1Gi, 1e3. */
@NullMarked
package io.kubespring.api.quantity;

import org.jspecify.annotations.NullMarked;
