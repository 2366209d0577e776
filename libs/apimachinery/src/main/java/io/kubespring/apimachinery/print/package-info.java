/** How objects look as rows of a table ({@code kubectl get}): columns and cells per kind. */
@NullMarked
package io.kubespring.apimachinery.print;

import org.jspecify.annotations.NullMarked;
