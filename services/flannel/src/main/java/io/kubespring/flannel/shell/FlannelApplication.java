package io.kubespring.flannel.shell;

import io.kubespring.service.boot.Component;
import io.kubespring.service.boot.ComponentApplication;
import io.kubespring.service.guard.AccessFlags;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Runs flannel alone. */
@ComponentApplication
@EnableConfigurationProperties(FlannelProperties.class)
@Import(FlannelConfiguration.class)
public class FlannelApplication {

    public static final Component COMPONENT = new Component(
                    "flannel", FlannelApplication.class, FlannelProperties.class)
            .with(AccessFlags.guardedAs("system:flannel"));

    public static void main(String... args) {
        COMPONENT.main(args);
    }
}
