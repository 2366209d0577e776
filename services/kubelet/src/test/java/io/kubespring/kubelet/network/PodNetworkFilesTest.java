package io.kubespring.kubelet.network;

import static io.kubespring.kubelet.fake.PodText.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.kubelet.config.DnsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodNetworkFilesTest {

    private static final String CONTAINER = "containers: [{name: c, image: i}]";

    @TempDir
    Path folder;

    private PodDns dns;

    @BeforeEach
    void setUp() throws IOException {
        Path host = folder.resolve("resolv.conf");
        Files.writeString(host, "nameserver 192.0.2.53\nsearch example.test.\noptions edns0\n");
        dns = new PodDns(new DnsSettings(List.of("10.96.0.10"), "cluster.local", host));
    }

    @Test
    void clusterFirstSearchesTheClusterThenTheHostsDomains() throws IOException {
        var config = dns.forPod(pod(CONTAINER));
        assertThat(config.getServersList()).containsExactly("10.96.0.10");
        assertThat(config.getSearchesList())
                .containsExactly("ns.svc.cluster.local", "svc.cluster.local", "cluster.local", "example.test");
        assertThat(config.getOptionsList()).containsExactly("ndots:5");
    }

    @Test
    void hostNetworkPodsResolveAsTheHostUnlessTheyAskOtherwise() throws IOException {
        assertThat(dns.forPod(pod("{hostNetwork: true, " + CONTAINER + "}")).getServersList())
                .containsExactly("192.0.2.53");
        assertThat(dns.forPod(pod("{hostNetwork: true, dnsPolicy: ClusterFirstWithHostNet, " + CONTAINER + "}"))
                        .getServersList())
                .containsExactly("10.96.0.10");
        assertThat(dns.forPod(pod("{dnsPolicy: Default, " + CONTAINER + "}")).getOptionsList())
                .containsExactly("edns0");
    }

    @Test
    void thePodsOwnConfigurationIsMergedIn() throws IOException {
        var config = dns.forPod(pod("{dnsPolicy: None, dnsConfig: {nameservers: [1.1.1.1], searches: [a.test],"
                + " options: [{name: ndots, value: '2'}, {name: rotate}]}, " + CONTAINER + "}"));
        assertThat(config.getServersList()).containsExactly("1.1.1.1");
        assertThat(config.getSearchesList()).containsExactly("a.test");
        assertThat(config.getOptionsList()).containsExactly("ndots:2", "rotate");
    }

    @Test
    void hostsNameThePodAndItsAliases() throws IOException {
        var pod =
                pod("{hostname: h, subdomain: s, hostAliases: [{ip: 1.2.3.4, hostnames: [a, b]}], " + CONTAINER + "}");
        String hosts = new HostsFile(folder.resolve("none"))
                .render(pod, List.of("10.0.0.1"), PodNames.of(pod, "cluster.local"));
        assertThat(hosts)
                .contains("10.0.0.1\th.s.ns.svc.cluster.local\th\n")
                .contains("1.2.3.4\ta\tb\n")
                .contains("127.0.0.1\tlocalhost\n");
    }

    @Test
    void longNamesAreCutToWhatTheKernelTakes() {
        var pod = pod(CONTAINER);
        pod.getMetadata().setName("x".repeat(62) + "-tail");
        assertThat(PodNames.of(pod, "cluster.local").hostname()).isEqualTo("x".repeat(62));
    }
}
