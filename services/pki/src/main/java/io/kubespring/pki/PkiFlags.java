package io.kubespring.pki;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Flags of the pki service.
 *
 * @param directory where the folders are made, one a component
 * @param server the API server as the components reach it
 * @param publicServer the API server as its users reach it, through the gateway
 * @param apiServerNames DNS names and addresses of API servers, besides those every cluster's has
 * @param gatewayNames DNS names and addresses of the gateway
 * @param etcdNames DNS names and addresses of etcd's members
 * @param etcdData a folder that is given to etcd's user, if any
 * @param nodes the nodes' names
 * @param serviceIp first address of the services' range: the API server's own Service
 */
record PkiFlags(
        @DefaultValue("/etc/kubespring") Path directory,
        @DefaultValue("https://apiserver:6443") String server,
        @DefaultValue("https://127.0.0.1:8443") String publicServer,
        @DefaultValue("apiserver") List<String> apiServerNames,
        @DefaultValue({"gateway", "localhost", "127.0.0.1"}) List<String> gatewayNames,
        @DefaultValue("etcd") List<String> etcdNames,
        @Nullable Path etcdData,
        @DefaultValue({"node-1", "node-2"}) List<String> nodes,
        @DefaultValue("10.96.0.1") String serviceIp,
        @DefaultValue("cluster.local") String clusterDomain) {}
