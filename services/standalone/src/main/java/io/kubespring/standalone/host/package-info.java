/** What the process changes on its machine outside of Kubernetes' own objects, and how it remembers that. */
@NullMarked
package io.kubespring.standalone.host;

import org.jspecify.annotations.NullMarked;
