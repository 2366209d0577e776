/** What a controller has asked for and not yet seen, so that a stale copy does not make it ask twice. */
@NullMarked
package io.kubespring.controllers.expectations;

import org.jspecify.annotations.NullMarked;
