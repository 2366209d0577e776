/** Decides from what clients and watchers saw whether a store of versioned objects kept its promises. */
@NullMarked
package io.kubespring.testing.history;

import org.jspecify.annotations.NullMarked;
