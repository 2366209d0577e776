/** What the watches of all stores have in common. */
@NullMarked
package io.kubespring.storage.watch;

import org.jspecify.annotations.NullMarked;
