/** What API priority and fairness (KEP-1040) means apart from any server: the objects every cluster has, and shuffle sharding. */
@NullMarked
package io.kubespring.kinds.flowcontrol;

import org.jspecify.annotations.NullMarked;
