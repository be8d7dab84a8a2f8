package dev.redoubt.proxy.session;

import dev.redoubt.proxy.upstream.UpstreamKey;

/** What a client has told about itself, by HELLO, AUTH, SELECT and CLIENT. Confined to the lane. */
final class ClientState {
    private UpstreamKey key;
    private String name = "";
    private String libraryName = "";
    private String libraryVersion = "";

    ClientState(UpstreamKey key) {
        this.key = key;
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
