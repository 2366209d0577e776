/** Who sends a request: authenticators from certificates, tokens and headers to a {@link io.kubespring.apiserver.authentication.UserInfo}. */
@NullMarked
package io.kubespring.apiserver.authentication;

import org.jspecify.annotations.NullMarked;
