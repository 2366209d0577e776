/** What is changed on a machine, and how that is remembered so that it can be undone. */
@NullMarked
package io.kubespring.node.host;

import org.jspecify.annotations.NullMarked;
