/** The Store contract. Only the API server opens a store. */
@NullMarked
package io.kubespring.storage;

import org.jspecify.annotations.NullMarked;
