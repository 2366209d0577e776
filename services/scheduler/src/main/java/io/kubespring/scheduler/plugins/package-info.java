/** The default plugins, one a class, under their documented names. */
@NullMarked
package io.kubespring.scheduler.plugins;

import org.jspecify.annotations.NullMarked;
