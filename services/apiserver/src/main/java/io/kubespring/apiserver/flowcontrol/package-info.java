/**
 * API priority and fairness (KEP-1040): which requests are served now, which wait in what queue, and which are turned
 * away, by the cluster's FlowSchemas and PriorityLevelConfigurations.
 */
@NullMarked
package io.kubespring.apiserver.flowcontrol;

import org.jspecify.annotations.NullMarked;
