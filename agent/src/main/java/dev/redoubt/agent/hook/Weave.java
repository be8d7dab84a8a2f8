package dev.redoubt.agent.hook;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Reads one class, changes the methods that have the right shape, and counts what it found. Bodies only: no member is added, so that the class can be
 * transformed again. Used once, by one thread.
 */
final class Weave extends ClassVisitor {
    private static final String LETTUCE_URI_ENDING = "/RedisURI;";

    private final Target target;
    private @Nullable String superName;
    private String name = "";
    private boolean hasSocketFactory;
    private int sockets;
    private int hosts;
    private int entries;

    private Weave(Target target, ClassWriter writer) {
        super(Opcodes.ASM9, writer);
        this.target = target;
    }

    /** What became of a class. */
    static Woven of(Target target, byte[] code) {
        ClassReader reader = new ClassReader(code);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        Weave weave = new Weave(target, writer);
        reader.accept(weave, 0);
        String unknown = weave.whatIsUnknown();
        return unknown == null ? Woven.changed(writer.toByteArray()) : Woven.leftAlone(unknown);
    }

    /** Null for a shape that is known. */
    private @Nullable String whatIsUnknown() {
        if (target.isConnectionMaker()) {
            if (sockets == 0 && hasSocketFactory) {
                return null;
            }
            return sockets == 1 && hosts > 0
                    ? null
                    : "it makes " + sockets + " sockets and looks up " + hosts + " hosts";
        }
        if (target.isLettuceClient() || target == Target.REDISSON_CLIENT) {
            return entries > 0 ? null : "it has no method that connects as expected";
        }
        return null;
    }

    @Override
    public void visit(
            int version,
            int access,
            String className,
            @Nullable String signature,
            @Nullable String parent,
            String @Nullable [] interfaces) {
        name = className;
        superName = parent;
        super.visit(version, access, className, signature, parent, interfaces);
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String fieldName, String descriptor, @Nullable String signature, @Nullable Object value) {
        hasSocketFactory |= descriptor.endsWith("JedisSocketFactory;");
        return super.visitField(access, fieldName, descriptor, signature, value);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access,
            String methodName,
            String descriptor,
            @Nullable String signature,
            String @Nullable [] exceptions) {
        MethodVisitor next = super.visitMethod(access, methodName, descriptor, signature, exceptions);
        if (next == null || (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
            return next;
        }
        boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
        if (methodName.equals("<init>")) {
            return target.tellsOfConstruction(superName) ? new ConstructorWeave(next, superName, target.kind()) : next;
        }
        if (!isStatic && isClose(methodName, descriptor)) {
            return new EntryWeave(next, new Closing(target.kind()));
        }
        if (target.isConnectionMaker() && !isStatic) {
            return new SocketWeave(next, this, methodName, descriptor);
        }
        return connecting(next, access, methodName, descriptor);
    }

    private MethodVisitor connecting(MethodVisitor next, int access, String methodName, String descriptor) {
        int uri = target.isLettuceClient() ? Descriptors.localOf(descriptor, LETTUCE_URI_ENDING) : -1;
        int hidden = Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
        if (uri >= 0
                && (access & Opcodes.ACC_PRIVATE) != 0
                && (access & hidden) == 0
                && methodName.startsWith("connect")
                && !methodName.startsWith("connectSentinel")) {
            entries++;
            return new EntryWeave(
                    next, new ArgumentQuestion(Questions.LETTUCE_URI, Descriptors.typeAt(descriptor, uri), uri, true));
        }
        if (target == Target.REDISSON_CLIENT && methodName.equals("create") && isOneConfig(access, descriptor)) {
            entries++;
            return new EntryWeave(next, new ArgumentQuestion(Questions.REDISSON_CONFIG, name + "Config", 0, false));
        }
        return next;
    }

    private boolean isOneConfig(int access, String descriptor) {
        return (access & Opcodes.ACC_STATIC) != 0 && descriptor.equals("(L" + name + "Config;)L" + name + ";");
    }

    /** Those that an application calls, and that take nothing but perhaps times. */
    private boolean isClose(String methodName, String descriptor) {
        switch (target.kind()) {
            case JEDIS:
            case JEDIS_UNIFIED:
                return descriptor.equals("()V") && (methodName.equals("close") || methodName.equals("disconnect"));
            case JEDIS_POOL:
                return descriptor.equals("()V") && (methodName.equals("close") || methodName.equals("destroy"));
            case LETTUCE_CLIENT:
                return methodName.equals("shutdown") || methodName.equals("shutdownAsync");
            case REDISSON:
                return target == Target.REDISSON && methodName.equals("shutdown");
            default:
                return false;
        }
    }

    boolean isOwn(String owner) {
        return owner.equals(name);
    }

    void foundSocket() {
        sockets++;
    }

    void foundHost() {
        hosts++;
    }
}
