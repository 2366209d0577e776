/** ServiceCIDRs: ready once protected, gone only when no address is left alone. */
@NullMarked
package io.kubespring.controllers.servicecidr;

import org.jspecify.annotations.NullMarked;
