package dev.redoubt.agent.audit;

/** The stack as an exception has it: all of it, however little is wanted, and without classes. For Java 8. */
final class ThrowableFrames implements Frames {
    @Override
    public void walk(Visitor visitor) {
        for (StackTraceElement element : new Throwable().getStackTrace()) {
            if (!visitor.wantsMoreAfter(new Named(element))) {
                return;
            }
        }
    }

    /** A frame of which only names are known. */
    static final class Named implements Frame {
        private final StackTraceElement element;

        Named(StackTraceElement element) {
            this.element = element;
        }

        @Override
        public String className() {
            return element.getClassName();
        }

        @Override
        public String methodName() {
            return element.getMethodName();
        }

        @Override
        public boolean isClientsChild() {
            return false;
        }

        @Override
        public StackTraceElement element() {
            return element;
        }
    }
}
