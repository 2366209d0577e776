/** What the operator says about the network: the file net-conf.json. */
@NullMarked
package io.kubespring.flannel.config;

import org.jspecify.annotations.NullMarked;
