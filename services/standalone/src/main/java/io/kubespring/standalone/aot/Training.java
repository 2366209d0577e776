package io.kubespring.standalone.aot;

import io.kubespring.apiserver.shell.ApiServerApplication;
import io.kubespring.controllers.shell.ControllerManagerApplication;
import io.kubespring.dns.shell.DnsApplication;
import io.kubespring.scheduler.shell.SchedulerApplication;
import io.kubespring.service.boot.Component;
import io.kubespring.service.boot.TransportSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * The workload that the AOT cache is recorded from: the components that need no privileges start, and a client works with
 * them over HTTPS. Changes nothing on the machine but a temporary folder.
 */
public final class Training {

    private Training() {}

    /** Ends the process either way: components have threads that would keep it. */
    public static void main(String... args) throws IOException {
        Path folder = Files.createTempDirectory("kubespring-training");
        int exit = 0;
        try {
            train(folder);
        } catch (Exception failure) {
            failure.printStackTrace();
            exit = 1;
        }
        FileSystemUtils.deleteRecursively(folder);
        System.exit(exit);
    }

    private static void train(Path folder) throws Exception {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        System.setProperty("kubespring.log", folder.resolve("log").toString());
        List<ConfigurableApplicationContext> contexts = new ArrayList<>();
        ConfigurableApplicationContext server = ApiServerApplication.COMPONENT.start(
                Map.of(
                        "secure-port",
                        0,
                        "bind-address",
                        "127.0.0.1",
                        "management.server.port",
                        0,
                        "cert-dir",
                        folder.resolve("pki").toString(),
                        "storage-file",
                        folder.resolve("state.db").toString()),
                Map.of());
        contexts.add(server);
        Map<String, Object> shared = Map.of("transportSource", server.getBean(TransportSource.class));
        for (Component each : List.of(
                ControllerManagerApplication.COMPONENT, SchedulerApplication.COMPONENT, DnsApplication.COMPONENT)) {
            contexts.add(each.start(
                    Map.of("server.address", "127.0.0.1", "server.port", 0, "kubespring.dns.port", 0), shared));
        }
        Workload.run(folder.resolve("pki").resolve("admin.conf"), port(server));
        contexts.reversed().forEach(ConfigurableApplicationContext::close);
    }

    private static int port(ConfigurableApplicationContext server) {
        return Integer.parseInt(server.getEnvironment().getRequiredProperty("local.server.port"));
    }
}
