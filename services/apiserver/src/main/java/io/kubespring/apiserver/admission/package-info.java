/** The admission chain: what may still change or refuse a write after authorization. */
@NullMarked
package io.kubespring.apiserver.admission;

import org.jspecify.annotations.NullMarked;
