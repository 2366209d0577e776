package io.kubespring.service.boot;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Marks a component's application. Instead of everything that the class path offers it takes the few auto-configurations
 * that every component needs (WebFlux on Netty, Actuator health and info, Micrometer): components share one class path
 * in the standalone process, and what one of them needs must not come over the others.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration
public @interface ComponentApplication {}
