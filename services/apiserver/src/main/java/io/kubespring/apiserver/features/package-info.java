/** What can be switched on and off under upstream's names. */
@NullMarked
package io.kubespring.apiserver.features;

import org.jspecify.annotations.NullMarked;
