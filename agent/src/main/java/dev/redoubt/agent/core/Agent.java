package dev.redoubt.agent.core;

import dev.redoubt.agent.audit.Auditing;
import dev.redoubt.agent.audit.OwnThread;
import dev.redoubt.agent.audit.Voice;
import dev.redoubt.agent.hook.Answers;
import dev.redoubt.agent.hook.ClientTransformer;
import dev.redoubt.agent.hook.Complaints;
import dev.redoubt.agent.hook.Hooks;
import dev.redoubt.agent.hook.SecurityManagers;
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
public final class Agent implements ClientTransformer.Preparation, Complaints, Voice, Runnable {
    private final Options options;
    private final Log log;
    private final Instrumentation instrumentation;
    private final Hooks hooks = new Hooks();
    private final OwnThread reporter = new OwnThread("redoubt-agent-report");
    private final OwnThread farewell = new OwnThread("redoubt-agent-farewell");
    private boolean isOff;

    private Agent(Options options, Log log, Instrumentation instrumentation) {
        this.options = options;
        this.log = log;
        this.instrumentation = instrumentation;
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
        if (SecurityManagers.isSet()) {
            log.warn(SecurityManagers.WHY_OFF);
            return null;
        }
        return new Agent(options, log, instrumentation).watch();
    }

    private Hooks watch() {
        instrumentation.addTransformer(
                new ClientTransformer(this, this), instrumentation.isRetransformClassesSupported());
        changeWhatIsLoaded();
        return hooks;
    }

    /** Clients that were there before the agent, as it came late or another agent uses them; and all of them when they shall be as they were. */
    private void changeWhatIsLoaded() {
        if (!instrumentation.isRetransformClassesSupported()) {
            return;
        }
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded.getClassLoader() != null
                    && ClientTransformer.concerns(loaded)
                    && instrumentation.isModifiableClass(loaded)) {
                try {
                    instrumentation.retransformClasses(loaded);
                } catch (UnmodifiableClassException | LinkageError | InternalError e) {
                    log.warn("left alone as it is: " + loaded.getName() + " was loaded before: " + e);
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

    @Override
    public void say(String line) {
        log.warn(line);
    }

    /** Who hears of the clients that the application makes. */
    private Observer observer() {
        return Auditing.start(options, this, reporter, farewell, this);
    }

    /** Every second, by the reporter: a security manager may have come since. */
    @Override
    public void run() {
        if (!isOff && SecurityManagers.isSet()) {
            isOff = true;
            add(SecurityManagers.WHY_OFF);
            hooks.answerNothing();
            changeWhatIsLoaded();
        }
    }
}
