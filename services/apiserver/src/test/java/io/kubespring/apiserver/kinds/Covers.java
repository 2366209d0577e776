package io.kubespring.apiserver.kinds;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a test proves something of one resource that the contract every resource is held to does not: mostly a
 * subresource of its own. {@code docs/kinds.md} names the test.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Covers.All.class)
public @interface Covers {

    /** "pods", "apps/deployments": the group unless it is core, and the plural. */
    String resource();

    /** "eviction", "exec", …; empty if it is not about a subresource. */
    String subresource() default "";

    /** Several of them on one test. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {
        Covers[] value();
    }
}
