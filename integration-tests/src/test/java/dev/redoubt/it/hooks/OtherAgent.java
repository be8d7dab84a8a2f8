package dev.redoubt.it.hooks;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;

/** An agent as others make them: it instruments Jedis with a Byte Buddy of its own. */
public final class OtherAgent {
    private OtherAgent() {}

    public static void premain(String arguments, Instrumentation instrumentation) {
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                .type(ElementMatchers.named("redis.clients.jedis.DefaultJedisSocketFactory"))
                .transform((builder, type, loader, module, domain) ->
                        builder.visit(Advice.to(Noise.class).on(ElementMatchers.named("createSocket"))))
                .installOn(instrumentation);
    }

    /** Written into the method. */
    public static final class Noise {
        private Noise() {}

        @Advice.OnMethodEnter
        static void enter() {
            System.out.println("the other agent saw it");
        }
    }
}
