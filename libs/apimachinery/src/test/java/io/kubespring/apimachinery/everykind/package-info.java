/** What must hold for every kind there is, tried with an example object made from its schema. */
@NullMarked
package io.kubespring.apimachinery.everykind;

import org.jspecify.annotations.NullMarked;
