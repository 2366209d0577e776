/** What each built-in kind means: pure rules that several components share. */
@NullMarked
package io.kubespring.kinds;

import org.jspecify.annotations.NullMarked;
