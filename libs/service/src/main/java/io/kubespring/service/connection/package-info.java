/** What bounds a connection whose other side is slow, silent or gone. */
@NullMarked
package io.kubespring.service.connection;

import org.jspecify.annotations.NullMarked;
