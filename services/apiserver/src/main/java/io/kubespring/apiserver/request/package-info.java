/** A request as the server understands it: decoded once, with its options and the representation it asks for. */
@NullMarked
package io.kubespring.apiserver.request;

import org.jspecify.annotations.NullMarked;
