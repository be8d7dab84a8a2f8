package dev.redoubt.proxy.session;

import dev.redoubt.proxy.upstream.UpstreamKey;
import java.util.function.Consumer;

/** What a client has told about itself, by HELLO, AUTH, SELECT and CLIENT. Confined to the lane. */
final class ClientState {
    private UpstreamKey key;
    private String user;
    private boolean admitted;
    private Consumer<Boolean> onAdmission = taken -> {};
    private String name = "";
    private String libraryName = "";
    private String libraryVersion = "";

    /**
     * One that has told nothing.
     *
     * @param user who it is without saying so
     * @param admitted whether its commands are taken before it says who it is
     */
    private ClientState(UpstreamKey key, String user, boolean admitted) {
        this.key = key;
        this.user = user;
        this.admitted = admitted;
    }

    static ClientState ofNewClient(House house) {
        UpstreamKey key = house.server().defaultKey(house.database(), 2);
        Authenticator authenticator = house.authenticator();
        return new ClientState(key, authenticator.userOf(key), authenticator.admitsAll());
    }

    UpstreamKey key() {
        return key;
    }

    int respVersion() {
        return key.respVersion();
    }

    void setKey(UpstreamKey value) {
        key = value;
    }

    /** Whom it has logged in as; at Redis it may be somebody else. */
    String user() {
        return user;
    }

    void setUser(String value, boolean isAdmitted) {
        user = value;
        admitted = isAdmitted;
        onAdmission.accept(isAdmitted);
    }

    /** Tells the task whether its commands are taken: now, and whenever that may have changed. */
    void onAdmission(Consumer<Boolean> task) {
        onAdmission = task;
        task.accept(admitted);
    }

    /** Whether its commands are taken: else it has to say first who it is. */
    boolean isAdmitted() {
        return admitted;
    }

    String name() {
        return name;
    }

    void setName(String value) {
        name = value;
    }

    String libraryName() {
        return libraryName;
    }

    void setLibraryName(String value) {
        libraryName = value;
    }

    String libraryVersion() {
        return libraryVersion;
    }

    void setLibraryVersion(String value) {
        libraryVersion = value;
    }
}
