/** An immutable ordered map that stores and caches share snapshots of. */
@NullMarked
package io.kubespring.storage.tree;

import org.jspecify.annotations.NullMarked;
