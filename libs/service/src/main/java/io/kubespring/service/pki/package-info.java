/** The cluster's certificates, keys and kubeconfigs, laid out as kubeadm lays them out. */
@NullMarked
package io.kubespring.service.pki;

import org.jspecify.annotations.NullMarked;
