package dev.redoubt.agent.hook;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Writes something at the beginning of a method. */
final class EntryWeave extends MethodVisitor {
    /** What is written there. */
    interface Entry {
        void write(Asking asking);
    }

    private final Entry entry;

    EntryWeave(MethodVisitor next, Entry entry) {
        super(Opcodes.ASM9, next);
        this.entry = entry;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        entry.write(new Asking(mv));
    }
}
