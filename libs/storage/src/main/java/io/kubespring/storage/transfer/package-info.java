/** Everything a store holds as a text, and back into another store of any kind. */
@NullMarked
package io.kubespring.storage.transfer;

import org.jspecify.annotations.NullMarked;
