/** The one-shot service that makes the identities of a cluster whose components are services of their own. */
@NullMarked
package io.kubespring.pki;

import org.jspecify.annotations.NullMarked;
