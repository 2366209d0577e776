/** Networks that misbehave when told to. */
@NullMarked
package io.kubespring.testing.net;

import org.jspecify.annotations.NullMarked;
