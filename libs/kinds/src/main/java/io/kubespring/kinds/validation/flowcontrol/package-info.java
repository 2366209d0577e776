/** FlowSchemas and PriorityLevelConfigurations. */
@NullMarked
package io.kubespring.kinds.validation.flowcontrol;

import org.jspecify.annotations.NullMarked;
