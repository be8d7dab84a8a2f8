package app;

/** Where the application believes its Redis to be. Immutable. */
public final class Place {
    public final String host;
    public final int port;

    public Place(String host, int port) {
        this.host = host;
        this.port = port;
    }

    public String uri() {
        return "redis://" + host + ":" + port;
    }
}
