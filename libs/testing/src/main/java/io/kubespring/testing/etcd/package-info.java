/** Real etcd servers for tests: started, killed, paused and restarted on the data they have. */
@NullMarked
package io.kubespring.testing.etcd;

import org.jspecify.annotations.NullMarked;
