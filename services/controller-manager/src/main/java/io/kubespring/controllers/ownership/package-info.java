/** Who controls an object: owner references, adoption and release. */
@NullMarked
package io.kubespring.controllers.ownership;

import org.jspecify.annotations.NullMarked;
