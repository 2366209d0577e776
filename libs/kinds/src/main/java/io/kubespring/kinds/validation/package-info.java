/** What makes an object of a built-in kind valid, and a change of it permitted, in upstream's words. */
@NullMarked
package io.kubespring.kinds.validation;

import org.jspecify.annotations.NullMarked;
