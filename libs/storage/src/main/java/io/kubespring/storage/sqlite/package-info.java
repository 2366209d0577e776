/** The embedded default: one SQLite database file, written with group commit, read from memory. */
@NullMarked
package io.kubespring.storage.sqlite;

import org.jspecify.annotations.NullMarked;
