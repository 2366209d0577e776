/** Acting as somebody else, for those who may. */
@NullMarked
package io.kubespring.apiserver.authentication.impersonation;

import org.jspecify.annotations.NullMarked;
