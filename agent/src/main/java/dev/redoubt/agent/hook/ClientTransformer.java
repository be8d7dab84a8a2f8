package dev.redoubt.agent.hook;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the name of each class that is loaded, and changes those of Redis clients. Until the first of these nothing but names is compared, and neither the class file
 * library nor the answers are loaded. Thread-safe.
 */
public final class ClientTransformer implements ClassFileTransformer {
    /** What has to be there before a changed method asks. */
    public interface Preparation {
        /** Called once, before the first class is changed. */
        void prepare();
    }

    private final Preparation preparation;
    private final Complaints complaints;
    private boolean isPrepared;

    /** A transformer that prepares what its hooks need as soon as there is something to hook. */
    public ClientTransformer(Preparation preparation, Complaints complaints) {
        this.preparation = preparation;
        this.complaints = complaints;
    }

    /** Whether a class that is loaded already would have been changed. The JVM's own, hundreds of them, are passed over before their names are made. */
    public static boolean concerns(Class<?> loaded) {
        return loaded.getClassLoader() != null && Target.of(loaded.getName().replace('.', '/')) != null;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] code) {
        try {
            if (className == null || loader == null) {
                return null;
            }
            Target target = Target.of(className);
            if (target == null) {
                return null;
            }
            if (SecurityManagers.isSet()) {
                complaints.add(SecurityManagers.WHY_OFF);
                return null;
            }
            return weave(target, className, code);
        } catch (Throwable e) {
            complain(className, "cannot be read: " + e);
            return null;
        }
    }

    private byte @Nullable [] weave(Target target, String className, byte[] code) {
        prepareOnce();
        if (target.isCluster()) {
            complain(className, "the proxy does not speak for a cluster");
            return null;
        }
        Woven woven = Weave.of(target, code);
        if (woven.code() == null) {
            complain(className, "not of a known shape: " + woven.reason());
        }
        return woven.code();
    }

    private synchronized void prepareOnce() {
        if (!isPrepared) {
            isPrepared = true;
            preparation.prepare();
        }
    }

    private void complain(@Nullable String className, String why) {
        complaints.add("left alone: " + String.valueOf(className).replace('/', '.') + ", " + why);
    }
}
