/** The OpenAPI v2 and v3 documents that clients validate, explain and patch with. */
@NullMarked
package io.kubespring.apiserver.openapi;

import org.jspecify.annotations.NullMarked;
