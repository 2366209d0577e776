package io.kubespring.apiserver.flowcontrol;

/** A FlowSchema with the level in force that its requests belong to. */
record Flow(FlowSchema schema, Level level, FlowStats stats) {}
