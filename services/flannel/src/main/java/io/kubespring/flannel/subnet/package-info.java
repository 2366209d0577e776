/** Which node has which range, as the nodes tell each other by annotations. */
@NullMarked
package io.kubespring.flannel.subnet;

import org.jspecify.annotations.NullMarked;
