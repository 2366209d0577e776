/** What the memory and the sqlite store share: ordering, the pending and the published view, watches, expiry. */
@NullMarked
package io.kubespring.storage.embedded;

import org.jspecify.annotations.NullMarked;
