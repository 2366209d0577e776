/** The built-in admission plugins, one class each, under upstream's names. */
@NullMarked
package io.kubespring.apiserver.admission.plugins;

import org.jspecify.annotations.NullMarked;
