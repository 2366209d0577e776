/** A map that remembers its recent past, so that watches resume and old revisions can be listed. */
@NullMarked
package io.kubespring.storage.history;

import org.jspecify.annotations.NullMarked;
