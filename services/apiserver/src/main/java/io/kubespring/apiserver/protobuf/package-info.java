/** Reading {@code application/vnd.kubernetes.protobuf}, which typed Go clients send. */
@NullMarked
package io.kubespring.apiserver.protobuf;

import org.jspecify.annotations.NullMarked;
