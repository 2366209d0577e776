/** Runs Pods to completion: counts each finished Pod exactly once, retries failed ones up to a limit. */
@NullMarked
package io.kubespring.controllers.job;

import org.jspecify.annotations.NullMarked;
