package dev.redoubt.agent.option;

/** What the agent does. */
public enum Mode {
    /** Connections go to the proxy. */
    REDIRECT,
    /** Nothing is changed; what is seen is reported. */
    OBSERVE,
    /** Nothing is done at all. */
    OFF
}
