package dev.redoubt.proxy.upstream;

/** What the fence has found out about a command that was waiting at Redis when its connection was lost. */
public enum WaitProof {
    /** It was still waiting, and has been ended: it took nothing. */
    STILL_WAITING,
    /** The same process runs, and it was not waiting any more: it may have taken something. */
    NOT_WAITING,
    /** Another process answers, or nothing can be learnt. */
    UNKNOWN;

    static WaitProof of(LossPolicy.Link link) {
        return switch (link) {
            case FENCED_WAITING -> STILL_WAITING;
            case FENCED -> NOT_WAITING;
            case FENCED_NEW_RUN, UNFENCED, UNKNOWN -> UNKNOWN;
        };
    }
}
