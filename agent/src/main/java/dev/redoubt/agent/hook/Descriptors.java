package dev.redoubt.agent.hook;

import net.bytebuddy.jar.asm.Type;

/** Finds arguments in the descriptors of methods that are not static. */
final class Descriptors {
    private Descriptors() {}

    /** The local variable of the first argument whose type's descriptor ends so; -1 if there is none. */
    static int localOf(String descriptor, String ending) {
        int local = 1;
        for (Type type : Type.getArgumentTypes(descriptor)) {
            if (type.getDescriptor().endsWith(ending)) {
                return local;
            }
            local += type.getSize();
        }
        return -1;
    }

    /** The internal name of the class of the argument in that local variable. */
    static String typeAt(String descriptor, int local) {
        int next = 1;
        for (Type type : Type.getArgumentTypes(descriptor)) {
            if (next == local) {
                return type.getInternalName();
            }
            next += type.getSize();
        }
        throw new IllegalArgumentException("no argument in variable " + local + " of " + descriptor);
    }
}
