package dev.redoubt.it.redis;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test method that has a {@link RedisServer} parameter a started server of its own, ends it after the test, and
 * prints the end of its log when the test has failed.
 */
public final class RealRedis implements ParameterResolver, AfterTestExecutionCallback {
    private static final Namespace NAMESPACE = Namespace.create(RealRedis.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RedisServer.class;
    }

    @Override
    public RedisServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        RedisServer server = RedisServer.started();
        context.getStore(NAMESPACE).put(RedisServer.class, new Lent(server));
        return server;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Lent lent = context.getStore(NAMESPACE).get(RedisServer.class, Lent.class);
        if (lent != null && context.getExecutionException().isPresent()) {
            System.err.println("The end of the log of " + lent.server().uri() + ":\n"
                    + lent.server().logTail());
        }
    }

    /** Closed by JUnit together with the test's store. */
    private record Lent(RedisServer server) implements AutoCloseable {
        @Override
        public void close() {
            server.close();
        }
    }
}
