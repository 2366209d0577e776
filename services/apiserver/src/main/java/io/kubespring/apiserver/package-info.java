/** The API server's core: everything between an authenticated request and its answer. */
@NullMarked
package io.kubespring.apiserver;

import org.jspecify.annotations.NullMarked;
