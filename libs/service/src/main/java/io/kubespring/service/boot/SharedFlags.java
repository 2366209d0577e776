package io.kubespring.service.boot;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Flags that several components take, each under its own prefix. */
public final class SharedFlags {

    private SharedFlags() {}

    public static <T extends Record> T of(Environment environment, Class<T> flags) {
        String prefix = "kubespring." + environment.getRequiredProperty("spring.application.name");
        return Binder.get(environment).bindOrCreate(prefix, Bindable.of(flags));
    }
}
