package app;

/** What an application does with one client library. */
public interface Steps {
    /** Makes so many clients, uses each, and closes none. They live as long as what is returned. */
    Object unclosed(Place place, int count) throws Exception;

    /** All that there is to try while Redis is there. */
    void all(Place place, Lines lines) throws Exception;

    /** What the application meets where nobody listens. */
    void refused(Place place, Lines lines) throws Exception;
}
