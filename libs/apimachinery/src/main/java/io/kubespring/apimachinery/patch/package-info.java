/** The three patch languages. Each is pure: arguments are never changed. */
@NullMarked
package io.kubespring.apimachinery.patch;

import org.jspecify.annotations.NullMarked;
