package dev.redoubt.it.differential;

import java.util.List;

/**
 * One client's turn.
 *
 * @param client its number
 * @param kind what else happens than sending
 * @param requests sent as one pipeline, cut at random places
 * @param cuts seed of those places
 */
record Step(int client, Kind kind, List<Request> requests, long cuts) {
    enum Kind {
        /** Sends, and waits for all replies that are due, earlier ones too. */
        CALL,
        /** Sends, and waits until Redis has answered or keeps the client waiting. */
        BLOCK,
        /** Sends, and leaves at once with RST. */
        RESET,
        /** Sends, and leaves with FIN. */
        LEAVE
    }

    Step with(List<Request> fewer) {
        return new Step(client, kind, fewer, cuts);
    }

    @Override
    public String toString() {
        String said = requests.isEmpty()
                ? "(reads)"
                : String.join("\n      ", requests.stream().map(Request::shown).toList());
        return "c" + client + (kind == Kind.CALL ? "  " : " (" + kind + ")  ") + said;
    }
}
