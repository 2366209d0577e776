package io.kubespring.controllers.shell;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Flags of the controller manager, under upstream's names.
 *
 * @param rootCaFile published as kube-root-ca.crt; none publishes none
 * @param useServiceAccountCredentials each controller under an identity of its own, where the transport can
 */
@ConfigurationProperties("kubespring.controller-manager")
public record ControllerManagerProperties(
        @Nullable Path kubeconfig,
        @DefaultValue("*") List<String> controllers,
        @DefaultValue("10.244.0.0/16") String clusterCidr,
        @DefaultValue("24") int nodeCidrMaskSize,
        @DefaultValue("true") boolean allocateNodeCidrs,
        @Nullable Path rootCaFile,
        @DefaultValue("5s") Duration nodeMonitorPeriod,
        @DefaultValue("40s") Duration nodeMonitorGracePeriod,
        @DefaultValue("1m") Duration nodeStartupGracePeriod,
        @DefaultValue("12500") int terminatedPodGcThreshold,
        @DefaultValue("true") boolean useServiceAccountCredentials) {}
