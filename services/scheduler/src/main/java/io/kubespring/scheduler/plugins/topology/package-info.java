/** Plugins that look at the Pods which run already, by the domains of a topology: zones, hosts. */
@NullMarked
package io.kubespring.scheduler.plugins.topology;

import org.jspecify.annotations.NullMarked;
