package dev.redoubt.proxy.upstream;

/** What Redis's answer says of a command that was alone on a leased connection: whether Redis has taken it, or refused it for its state, so that it may be sent again whatever it does (docs/decisions/0018). */
public enum Taken {
    /** It is an answer, be it an error. */
    ANSWERED,
    /** The state passes: this connection is good for another attempt. */
    REFUSED,
    /** The server is not the right one any more, or reads its data: another connection is. */
    REFUSED_HERE,
    /** The connection is nobody's, although there is a password: another one says it once more. */
    REFUSED_TO_NOBODY
}
