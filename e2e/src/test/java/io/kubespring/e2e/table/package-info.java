/** The differential table: requests and kubectl commands with the answers that upstream gives to them. */
@NullMarked
package io.kubespring.e2e.table;

import org.jspecify.annotations.NullMarked;
