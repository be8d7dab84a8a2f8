package dev.redoubt.agent.hook;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Writes the question into a method: the value on top of the stack is replaced by the answer. No jumps, no local variables, nothing but {@code java.*};
 * so there are no frames to compute, and it fits anywhere.
 */
final class Asking {
    private static final String MAP = "java/util/Map";
    private static final String LAUNCHER = "dev.redoubt.agent.Launcher";

    private final MethodVisitor method;

    Asking(MethodVisitor method) {
        this.method = method;
    }

    void load(int local) {
        method.visitVarInsn(Opcodes.ALOAD, local);
    }

    void store(int local) {
        method.visitVarInsn(Opcodes.ASTORE, local);
    }

    /** {@code value -> answer}, of the type that the value has. About {@code this}, where the method has one. */
    void about(String question, String internalType, boolean hasThis) {
        hooks();
        method.visitInsn(Opcodes.SWAP);
        words(question, hasThis ? 2 : 1, hasThis ? 0 : -1);
        ask(internalType);
    }

    /** The same, with an argument of the method as third word. */
    void about(String question, String internalType, int argument) {
        hooks();
        method.visitInsn(Opcodes.SWAP);
        words(question, 3, 0);
        method.visitInsn(Opcodes.DUP);
        method.visitInsn(Opcodes.ICONST_2);
        method.visitVarInsn(Opcodes.ALOAD, argument);
        method.visitInsn(Opcodes.AASTORE);
        ask(internalType);
    }

    /** {@code value, int -> answer, int}, with the number as third word. */
    void aboutWithNumber(String question, String internalType) {
        method.visitInsn(Opcodes.DUP_X1);
        method.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Integer", "valueOf", "(I)Ljava/lang/Integer;", false);
        words(question, 3, 0);
        method.visitInsn(Opcodes.DUP_X1);
        method.visitInsn(Opcodes.SWAP);
        method.visitInsn(Opcodes.ICONST_2);
        method.visitInsn(Opcodes.SWAP);
        method.visitInsn(Opcodes.AASTORE);
        method.visitInsn(Opcodes.SWAP);
        hooks();
        method.visitInsn(Opcodes.DUP_X2);
        method.visitInsn(Opcodes.POP);
        call();
        method.visitTypeInsn(Opcodes.CHECKCAST, internalType);
        method.visitInsn(Opcodes.SWAP);
    }

    /** {@code boolean -> boolean}. */
    void aboutFlag(String question) {
        method.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Boolean", "valueOf", "(Z)Ljava/lang/Boolean;", false);
        about(question, "java/lang/Boolean", true);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/Boolean", "booleanValue", "()Z", false);
    }

    /** Nothing is replaced: {@code this} is told of. */
    void tell(String question) {
        hooks();
        words(question, 2, 0);
        method.visitInsn(Opcodes.ACONST_NULL);
        call();
        method.visitInsn(Opcodes.POP);
    }

    private void hooks() {
        method.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "java/lang/ClassLoader",
                "getSystemClassLoader",
                "()Ljava/lang/ClassLoader;",
                false);
        method.visitLdcInsn(LAUNCHER);
        method.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                "java/lang/ClassLoader",
                "loadClass",
                "(Ljava/lang/String;)Ljava/lang/Class;",
                false);
        method.visitLdcInsn("hooks");
        method.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                "java/lang/Class",
                "getField",
                "(Ljava/lang/String;)Ljava/lang/reflect/Field;",
                false);
        method.visitInsn(Opcodes.ACONST_NULL);
        method.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                "java/lang/reflect/Field",
                "get",
                "(Ljava/lang/Object;)Ljava/lang/Object;",
                false);
        method.visitTypeInsn(Opcodes.CHECKCAST, MAP);
    }

    /** Pushes the question: its name, and a local variable as second word. */
    private void words(String question, int count, int local) {
        method.visitIntInsn(Opcodes.BIPUSH, count);
        method.visitTypeInsn(Opcodes.ANEWARRAY, Type.getInternalName(Object.class));
        method.visitInsn(Opcodes.DUP);
        method.visitInsn(Opcodes.ICONST_0);
        method.visitLdcInsn(question);
        method.visitInsn(Opcodes.AASTORE);
        if (local >= 0) {
            method.visitInsn(Opcodes.DUP);
            method.visitInsn(Opcodes.ICONST_1);
            method.visitVarInsn(Opcodes.ALOAD, local);
            method.visitInsn(Opcodes.AASTORE);
        }
    }

    /** {@code map, value, question -> answer}. */
    private void ask(String internalType) {
        method.visitInsn(Opcodes.SWAP);
        call();
        method.visitTypeInsn(Opcodes.CHECKCAST, internalType);
    }

    /** {@code map, question, value -> answer}. */
    private void call() {
        method.visitMethodInsn(
                Opcodes.INVOKEINTERFACE,
                MAP,
                "getOrDefault",
                "(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;",
                true);
    }
}
