/** The contract that every built-in resource is held to, its samples, and the checklist made of both. */
@NullMarked
package io.kubespring.apiserver.kinds;

import org.jspecify.annotations.NullMarked;
