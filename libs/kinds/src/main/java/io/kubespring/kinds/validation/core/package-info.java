/** Validation: the small kinds of the core group, Nodes, Events and Leases. */
@NullMarked
package io.kubespring.kinds.validation.core;

import org.jspecify.annotations.NullMarked;
