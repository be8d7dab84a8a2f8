package dev.redoubt.it.redis;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Skips a test, or all of a class, when the Redis of the tests is older. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresRedisCondition.class)
public @interface RequiresRedis {
    /** The oldest version that will do, such as "7.0". */
    String value();
}
