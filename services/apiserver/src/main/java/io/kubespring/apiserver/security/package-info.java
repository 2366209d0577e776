/** Puts authentication, authorization, admission and their reviews together from the server's flags. */
@NullMarked
package io.kubespring.apiserver.security;

import org.jspecify.annotations.NullMarked;
