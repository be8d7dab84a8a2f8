package dev.redoubt.agent.hook;

import dev.redoubt.agent.observe.ClientKind;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Tells of an object right behind the call of its parent's constructor. A constructor that calls another of its own class has no such call: so each object is told
 * of once.
 */
final class ConstructorWeave extends MethodVisitor {
    private final @Nullable String superName;
    private final ClientKind kind;
    private int pending;
    private boolean isDone;

    ConstructorWeave(MethodVisitor next, @Nullable String superName, ClientKind kind) {
        super(Opcodes.ASM9, next);
        this.superName = superName;
        this.kind = kind;
    }

    /** An object of the parent's class that is made among the arguments is not this one. */
    @Override
    public void visitTypeInsn(int opcode, String type) {
        if (opcode == Opcodes.NEW && type.equals(superName)) {
            pending++;
        }
        super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (isDone || opcode != Opcodes.INVOKESPECIAL || !name.equals("<init>") || !owner.equals(superName)) {
            return;
        }
        if (pending > 0) {
            pending--;
        } else {
            isDone = true;
            new Asking(mv).tell(Questions.constructed(kind));
        }
    }
}
