/** What each built-in kind does when it is written or deleted: one strategy a kind, one line each in the table. */
@NullMarked
package io.kubespring.apiserver.strategies;

import org.jspecify.annotations.NullMarked;
