/** The watch cache: what every GET, LIST and WATCH is answered from. */
@NullMarked
package io.kubespring.apiserver.cache;

import org.jspecify.annotations.NullMarked;
