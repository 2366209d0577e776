package io.kubespring.apiserver.shell;

import io.kubespring.service.boot.Component;
import io.kubespring.service.boot.ComponentApplication;
import org.springframework.context.annotation.Import;

/** The API server as a process: {@code java … io.kubespring.apiserver.shell.ApiServerApplication --secure-port 6443 …}. */
@ComponentApplication
@Import(ApiServerAutoConfiguration.class)
public class ApiServerApplication {

    public static final Component COMPONENT =
            new Component("apiserver", ApiServerApplication.class, ApiServerProperties.class);

    public static void main(String[] args) {
        COMPONENT.main(args);
    }
}
