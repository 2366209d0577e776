/** Leader election of a Boot service: its flags, and what losing the lease means. */
@NullMarked
package io.kubespring.service.leader;

import org.jspecify.annotations.NullMarked;
