/** A whole cluster, seen from outside: through its script, stock kubectl, and containers that run on it. */
package io.kubespring.e2e;
