/** The store on etcd: jetcd's messages and stubs over one gRPC channel, with our own watch, retries and deadlines. */
@NullMarked
package io.kubespring.storage.etcd;

import org.jspecify.annotations.NullMarked;
