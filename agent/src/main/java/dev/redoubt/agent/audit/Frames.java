package dev.redoubt.agent.audit;

/** The stack of the thread that asks. Implementations are thread-safe. */
interface Frames {
    /** Shows the visitor one frame after another, the innermost first, until it has seen enough. */
    void walk(Visitor visitor);

    /** Sees frames. Never fails. */
    interface Visitor {
        /** Whether it wants to see the frame that called this one. */
        boolean wantsMoreAfter(Frame frame);
    }

    /** One frame, only for as long as it is shown. */
    interface Frame {
        String className();

        String methodName();

        /** Whether its class is known to extend that of a client library. */
        boolean isClientsChild();

        /** With file and line, which take longer to find out than names. */
        StackTraceElement element();
    }
}
