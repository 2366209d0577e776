package io.kubespring.storage.embedded;

import io.kubespring.storage.Store;

/**
 * A key's place in the index.
 *
 * @param id the journal's row, the same for all versions from creation to deletion
 * @param expires epoch milliseconds; 0 for never
 */
public record Slot(Store.Entry entry, long id, long expires) {}
