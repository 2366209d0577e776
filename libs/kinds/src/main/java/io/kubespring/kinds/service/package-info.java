/** What a Service is: headless or not, which addresses and which node ports it may have. */
@NullMarked
package io.kubespring.kinds.service;

import org.jspecify.annotations.NullMarked;
