package dev.redoubt.agent.hook;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Asks, in a method of Jedis that makes a socket, about the socket, the host before it is looked up, and whether TLS is spoken. */
final class SocketWeave extends MethodVisitor {
    private static final String SOCKET = "java/net/Socket";
    private static final String HOST_AND_PORT_ENDING = "/HostAndPort;";

    private final Weave weave;
    private final boolean decidesAboutTls;
    private final int hostAndPort;

    SocketWeave(MethodVisitor next, Weave weave, String methodName, String descriptor) {
        super(Opcodes.ASM9, next);
        this.weave = weave;
        decidesAboutTls =
                descriptor.startsWith("()") && (methodName.equals("connect") || methodName.equals("createSocket"));
        hostAndPort = Descriptors.localOf(descriptor, HOST_AND_PORT_ENDING);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        Asking asking = new Asking(mv);
        if (isConstructor(opcode, name)
                && owner.equals("java/net/InetSocketAddress")
                && descriptor.equals("(Ljava/lang/String;I)V")) {
            weave.foundHost();
            asking.aboutWithNumber(Questions.HOST, "java/lang/String");
        } else if (hostAndPort > 0 && owner.equals("java/net/InetAddress") && name.equals("getAllByName")) {
            weave.foundHost();
            asking.about(Questions.HOST, "java/lang/String", hostAndPort);
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (isConstructor(opcode, name) && owner.equals(SOCKET) && descriptor.equals("()V")) {
            weave.foundSocket();
            asking.about(Questions.SOCKET, SOCKET, true);
        }
    }

    private static boolean isConstructor(int opcode, String name) {
        return opcode == Opcodes.INVOKESPECIAL && name.equals("<init>");
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        super.visitFieldInsn(opcode, owner, name, descriptor);
        if (!decidesAboutTls || opcode != Opcodes.GETFIELD || !weave.isOwn(owner)) {
            return;
        }
        if (name.equals("ssl") && descriptor.equals("Z")) {
            new Asking(mv).aboutFlag(Questions.TLS);
        } else if (name.equals("sslOptions")) {
            new Asking(mv).about(Questions.TLS, Type.getType(descriptor).getInternalName(), true);
        }
    }
}
