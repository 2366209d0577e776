/** The vocabulary that every other module speaks: identities of kinds, errors, JSON, time. */
@NullMarked
package io.kubespring.api;

import org.jspecify.annotations.NullMarked;
