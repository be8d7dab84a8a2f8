package dev.redoubt.proxy.sim;

/** The other end of a {@link Link}. */
interface Peer {
    /** An end that nobody listens at. */
    Peer NOBODY = new Peer() {
        @Override
        public void onBytes(byte[] bytes) {}

        @Override
        public void onEnd() {}
    };

    /** Bytes have arrived. {@link Link#consumed} when they are read: until then they fill the receiver's window. */
    void onBytes(byte[] bytes);

    /** The proxy has closed its end. */
    void onEnd();
}
