/** What a schema says about a tree: unknown fields, wrong types, defaults. */
@NullMarked
package io.kubespring.apimachinery.structural;

import org.jspecify.annotations.NullMarked;
