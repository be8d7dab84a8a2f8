package dev.redoubt.proxy.session;

import org.jspecify.annotations.Nullable;

/** What a CLIENT PAUSE asks for. Immutable. */
record PauseRequest(ClientPause.Scope scope, long nanos) {
    private static final long MAX_MILLIS = Long.MAX_VALUE / 4_000_000;

    /** Null for one that pauses nothing: wrong, or for no time. */
    static @Nullable PauseRequest of(Command command) {
        ClientPause.Scope scope = switch (command.word(3)) {
            case "WRITE" -> ClientPause.Scope.WRITE;
            case "ALL", "" -> ClientPause.Scope.ALL;
            default -> ClientPause.Scope.NONE;
        };
        String text = command.count() > 2 ? command.text(2) : "";
        long millis = SessionCommands.INTEGER.matcher(text).matches() ? Long.parseLong(text) : -1;
        boolean pauses = millis > 0 && millis <= MAX_MILLIS && scope != ClientPause.Scope.NONE && command.count() <= 4;
        return pauses ? new PauseRequest(scope, millis * 1_000_000) : null;
    }

    /** From now on. */
    void begin(House house) {
        house.clients().pause().begin(house.lane(), scope, house.lane().nanoTime() + nanos);
    }
}
