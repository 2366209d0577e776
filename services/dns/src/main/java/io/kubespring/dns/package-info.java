/** Cluster DNS: the cluster's own names from the API, every other name from the machine's own resolvers. */
@NullMarked
package io.kubespring.dns;

import org.jspecify.annotations.NullMarked;
