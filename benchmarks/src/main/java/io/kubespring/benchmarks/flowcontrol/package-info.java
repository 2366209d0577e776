/** What priority and fairness costs a request on a server that has room for it. */
@NullMarked
package io.kubespring.benchmarks.flowcontrol;

import org.jspecify.annotations.NullMarked;
