package app;

/** Makes a client. */
public interface Connector {
    Client connect(Place place) throws Exception;
}
