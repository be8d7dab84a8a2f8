package dev.redoubt.agent.core;

import dev.redoubt.agent.audit.Auditing;
import dev.redoubt.agent.audit.Voice;
import dev.redoubt.agent.hook.Answers;
import dev.redoubt.agent.hook.ClientTransformer;
import dev.redoubt.agent.hook.Complaints;
import dev.redoubt.agent.hook.Hooks;
import dev.redoubt.agent.log.Log;
import dev.redoubt.agent.observe.Observer;
import dev.redoubt.agent.option.Mode;
import dev.redoubt.agent.option.OptionReader;
import dev.redoubt.agent.option.Options;
import dev.redoubt.agent.option.Setting;
import dev.redoubt.agent.option.WrongOptionsException;
import dev.redoubt.agent.redirect.Router;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the agent together. What is loaded before the first Redis client is paid for by every application, so it is little: no lambda, no pattern, no
 * formatted text.
 */
public final class Agent implements ClientTransformer.Preparation, Complaints {
    private final Options options;
    private final Log log;
    private final Hooks hooks = new Hooks();

    private Agent(Options options, Log log) {
        this.options = options;
        this.log = log;
    }

    /**
     * Starts the agent.
     *
     * @return what changed methods shall ask; null where the agent stays off
     */
    public static @Nullable Map<Object, Object> start(@Nullable String arguments, Instrumentation instrumentation) {
        Options options;
        try {
            options = OptionReader.read(arguments, System.getProperties(), System.getenv());
        } catch (WrongOptionsException e) {
            Log.open("", false).warn("stays off, because of its options: " + e.getMessage());
            return null;
        }
        Log log = Log.open(options.text(Setting.LOG), options.flag(Setting.QUIET));
        if (options.mode() == Mode.OFF) {
            return null;
        }
        if (hasSecurityManager()) {
            log.warn("stays off: a security manager may forbid the application what changed methods do");
            return null;
        }
        return new Agent(options, log).watch(instrumentation);
    }

    /** The property, because the method is going to be removed. */
    private static boolean hasSecurityManager() {
        String manager = System.getProperty("java.security.manager");
        return manager != null && !manager.equals("allow") && !manager.equals("disallow");
    }

    private Hooks watch(Instrumentation instrumentation) {
        boolean canRetransform = instrumentation.isRetransformClassesSupported();
        instrumentation.addTransformer(new ClientTransformer(this, this), canRetransform);
        if (canRetransform) {
            changeWhatIsLoaded(instrumentation);
        }
        return hooks;
    }

    /** Clients that were there before the agent: it came late, or another agent uses them. */
    private void changeWhatIsLoaded(Instrumentation instrumentation) {
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (ClientTransformer.concerns(loaded) && instrumentation.isModifiableClass(loaded)) {
                try {
                    instrumentation.retransformClasses(loaded);
                } catch (UnmodifiableClassException | LinkageError | InternalError e) {
                    log.warn("left alone: " + loaded.getName() + " was loaded before: " + e);
                }
            }
        }
    }

    @Override
    public void prepare() {
        Router router = new Router(options, log);
        Answers.install(hooks, router, observer(), this);
        router.announce();
    }

    @Override
    public void add(String line) {
        log.warnOnce(line);
    }

    /** Who hears of the clients that the application makes. */
    private Observer observer() {
        return Auditing.start(options, new Voice() {
            @Override
            public void say(String line) {
                log.warn(line);
            }
        });
    }
}
