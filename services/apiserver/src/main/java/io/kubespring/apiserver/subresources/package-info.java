/** Subresources whose body is not the object: scale, binding, eviction, token. */
@NullMarked
package io.kubespring.apiserver.subresources;

import org.jspecify.annotations.NullMarked;
