/** Answers in the encodings that clients ask for: whole, as lists and as watch frames. */
@NullMarked
package io.kubespring.apiserver.encoding;

import org.jspecify.annotations.NullMarked;
