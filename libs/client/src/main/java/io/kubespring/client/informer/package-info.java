/** Local, indexed, always-current copies of a resource, fed by list and watch. */
@NullMarked
package io.kubespring.client.informer;

import org.jspecify.annotations.NullMarked;
