/** What is accepted but deserves a warning: deprecated fields, and what does not do what it looks like. */
@NullMarked
package io.kubespring.kinds.warnings;

import org.jspecify.annotations.NullMarked;
