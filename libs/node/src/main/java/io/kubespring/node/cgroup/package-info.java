/** Control groups through the file system (the cgroupfs driver), version 1 and version 2. */
@NullMarked
package io.kubespring.node.cgroup;

import org.jspecify.annotations.NullMarked;
