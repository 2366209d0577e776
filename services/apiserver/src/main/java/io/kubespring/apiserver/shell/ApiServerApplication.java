package io.kubespring.apiserver.shell;

import io.kubespring.service.boot.Component;
import io.kubespring.service.boot.ComponentApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.error.ErrorWebFluxAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The API server as a process: {@code java … io.kubespring.apiserver.shell.ApiServerApplication --secure-port 6443 …}. */
@ComponentApplication
// The core answers every path of the secure port itself; Actuator has a server of its own.
@ImportAutoConfiguration(
        exclude = {
            WebFluxAutoConfiguration.class,
            ErrorWebFluxAutoConfiguration.class,
            HttpHandlerAutoConfiguration.class,
            CodecsAutoConfiguration.class
        })
@Import(ApiServerAutoConfiguration.class)
public class ApiServerApplication {

    public static final Component COMPONENT =
            new Component("apiserver", ApiServerApplication.class, ApiServerProperties.class).ahead(LocalPki::begin);

    public static void main(String[] args) {
        COMPONENT.main(args);
    }
}
