/** Bearer tokens: service-account tokens issued and verified, static and bootstrap tokens. */
@NullMarked
package io.kubespring.apiserver.authentication.token;

import org.jspecify.annotations.NullMarked;
