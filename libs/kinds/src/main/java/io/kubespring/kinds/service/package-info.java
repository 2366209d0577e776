/** What a Service is: headless or not, and which node ports it may have. */
@NullMarked
package io.kubespring.kinds.service;

import org.jspecify.annotations.NullMarked;
